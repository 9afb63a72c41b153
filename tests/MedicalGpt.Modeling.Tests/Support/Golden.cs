using System.Text.Json.Nodes;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>A case of numbers made by Hugging Face transformers and PEFT (tests/fixtures/golden).</summary>
internal sealed class Golden(string name)
{
    public JsonObject Case { get; } = (JsonObject)JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Root, name, "case.json")))!;

    public Dictionary<string, Tensor> Inputs { get; } = Read(Path.Combine(Root, name, "inputs.safetensors"));

    public Dictionary<string, Tensor> Outputs { get; } = Read(Path.Combine(Root, name, "outputs.safetensors"));

    public static string Root { get; } = Find();

    public string Folder => Path.Combine(Root, name);

    public double Tolerance(string key) => (double)Case["tolerances"]![key]!;

    public Dictionary<string, Tensor> File(string relative) => Read(Path.Combine(Folder, relative));

    public static Dictionary<string, Tensor> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Entries.ToDictionary(e => e.Name, e => file.Load(e.Name).DetachFromDisposeScope());
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "fixtures", "golden");
            if (Directory.Exists(path))
                return path;
        }

        throw new DirectoryNotFoundException("tests/fixtures/golden is not above the test assembly");
    }
}
