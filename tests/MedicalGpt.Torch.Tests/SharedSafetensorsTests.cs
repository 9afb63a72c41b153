using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>Files that other programs wrote, against what safetensors and PyTorch read in them. They lie beside the repository; without them the tests are skipped.</summary>
public sealed class SharedSafetensorsTests
{
    private const string Data = "data/safetensors";

    private static string Folder => SharedFactAttribute.Find(Data)!;

    [SharedFact(Data)]
    public void Files_of_other_programs()
    {
        var files = Directory.EnumerateFiles(Folder, "*.safetensors", SearchOption.AllDirectories).Where(f => !f.Contains("made-here", StringComparison.Ordinal)).ToArray();
        files.Length.ShouldBeGreaterThanOrEqualTo(15);
        foreach (var path in files)
        {
            using var scope = NewDisposeScope();
            using var file = SafetensorsFile.Open(path);
            var expected = JsonNode.Parse(File.ReadAllText(path + ".expected.json"))!;
            var tensors = expected["tensors"]!.AsObject();
            file.Names.Order(StringComparer.Ordinal).ShouldBe(tensors.Select(t => t.Key).Order(StringComparer.Ordinal), path);
            foreach (var (key, value) in expected["metadata"]?.AsObject() ?? [])
                file.Metadata[key].ShouldBe((string?)value, path);
            foreach (var (name, want) in tensors)
            {
                Convert.ToHexStringLower(SHA256.HashData(file.Bytes(name))).ShouldBe((string?)want!["sha256"], $"{path} {name}");
                var tensor = file.Load(name);
                tensor.shape.ShouldBe(want["shape"]!.AsArray().Select(s => (long)s!), $"{path} {name}");
                NameOf(tensor.dtype).ShouldBe((string?)want["dtype"], $"{path} {name}");
                var values = tensor.to(ScalarType.Float64).flatten();
                values.narrow(0, 0, Math.Min(4, values.numel())).data<double>().ToArray().ShouldBe(want["first"]!.AsArray().Select(Number), $"{path} {name}");
                values.sum().item<double>().ShouldBe(Number(want["sum"]), 1e-9 * Math.Max(1, values.abs().sum().item<double>()), $"{path} {name}");
            }
        }
    }

    [SharedFact(Data)]
    public void Every_type_of_the_format()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Folder, "made-here", "all_dtypes.safetensors");
        using var file = SafetensorsFile.Open(path);
        var expected = JsonNode.Parse(File.ReadAllText(path + ".expected.json"))!.AsObject();
        var tensors = expected.Where(t => t.Value is JsonObject value && value.ContainsKey("bytes_hex")).ToArray();
        tensors.Length.ShouldBe(file.Entries.Count);
        foreach (var (name, want) in tensors)
        {
            Convert.ToHexStringLower(file.Bytes(name)).ShouldBe((string?)want!["bytes_hex"], name);
            var tensor = file.Load(name);
            tensor.shape.ShouldBe(want["shape"]!.AsArray().Select(s => (long)s!), name);
            tensor.to(ScalarType.Float64).flatten().data<double>().ToArray().ShouldBe(want["values"]!.AsArray().Select(Number), name);
        }
    }

    private static double Number(JsonNode? node) => node!.ToString() switch
    {
        "nan" or "NaN" => double.NaN,
        "inf" or "Infinity" => double.PositiveInfinity,
        "-inf" or "-Infinity" => double.NegativeInfinity,
        var text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string NameOf(ScalarType type) => "torch." + type switch
    {
        ScalarType.Byte => "uint8",
        _ => type.ToString().ToLowerInvariant(),
    };
}
