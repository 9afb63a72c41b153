using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>A folder of numbers that Hugging Face's libraries produced (tests/fixtures/golden, copied from shared/golden).</summary>
public sealed class Golden
{
    private readonly Dictionary<string, GoldenTensor> inputs;
    private readonly Dictionary<string, GoldenTensor> outputs;

    public Golden(string name)
    {
        Folder = Fixture(name);
        Case = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "case.json"))).RootElement;
        inputs = Read(Path.Combine(Folder, "inputs.safetensors"));
        outputs = Read(Path.Combine(Folder, "outputs.safetensors"));
    }

    public string Folder { get; }

    public JsonElement Case { get; }

    public GoldenTensor Input(string name) => inputs[name];

    public bool HasInput(string name) => inputs.ContainsKey(name);

    public GoldenTensor Output(string name) => outputs[name];

    public GoldenTensor? TryOutput(string name) => outputs.GetValueOrDefault(name);

    public JsonElement Config(string key) => Case.GetProperty("configs").GetProperty(key);

    public static IEnumerable<string> Configs(string name, Func<JsonElement, bool> where) =>
        new Golden(name).Case.GetProperty("configs").EnumerateObject().Where(c => where(c.Value)).Select(c => c.Name);

    public static string Fixture(string name) => Path.Combine(Root(), "tests", "fixtures", "golden", name);

    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MedicalGpt.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("MedicalGpt.sln");
        return folder;
    }

    public static Dictionary<string, GoldenTensor> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = (int)BitConverter.ToInt64(bytes, 0);
        var tensors = new Dictionary<string, GoldenTensor>();
        foreach (var entry in JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, header)).RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
        {
            var range = entry.Value.GetProperty("data_offsets");
            var data = bytes.AsSpan((8 + header + range[0].GetInt32())..(8 + header + range[1].GetInt32()));
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            tensors[entry.Name] = entry.Value.GetProperty("dtype").GetString() switch
            {
                "F32" => new GoldenTensor(shape, MemoryMarshal.Cast<byte, float>(data).ToArray(), null),
                "I64" => new GoldenTensor(shape, null, MemoryMarshal.Cast<byte, long>(data).ToArray()),
                _ => new GoldenTensor(shape, null, [.. data.ToArray().Select(b => (long)b)]),
            };
        }

        return tensors;
    }
}
