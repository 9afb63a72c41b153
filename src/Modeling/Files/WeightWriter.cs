using System.Text.Json.Nodes;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Writes a model's parameters as one safetensors file or as the shards they came from, with their index.</summary>
internal static class WeightWriter
{
    /// <summary>Writes weights.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="files">Where they stood; null = one file.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="nameInFile">A parameter's name in the files.</param>
    public static void Write(string folder, WeightFiles? files, IReadOnlyList<ModelParameter> parameters, Func<string, string> nameInFile)
    {
        var byName = parameters.ToDictionary(p => nameInFile(p.Name), StringComparer.Ordinal);
        var shards = files is null || files.Shards.Count == 1 ? [(WeightFiles.Single, byName.Keys.ToList())] : Shards(files, byName);
        foreach (var (file, names) in shards)
            WriteFile(Path.Combine(folder, file), [.. names.Select(n => (n, byName[n]))]);
        if (shards.Count > 1 || shards[0].File != WeightFiles.Single)
            WriteIndex(folder, shards, byName);
    }

    public static void WriteFile(string path, IReadOnlyList<(string Name, ModelParameter Parameter)> weights)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        SafetensorsWriter.Save(path, weights.ToDictionary(w => w.Name, w => w.Parameter.Value.detach().to(w.Parameter.FileFormat).cpu()));
    }

    private static List<(string File, List<string> Names)> Shards(WeightFiles files, Dictionary<string, ModelParameter> byName)
    {
        var shards = files.Shards.Select(s => (s.File, Names: s.Names!.Where(byName.ContainsKey).ToList())).Where(s => s.Names.Count > 0).ToList();
        shards[^1].Names.AddRange(byName.Keys.Except(shards.SelectMany(s => s.Names).ToList()));
        return shards;
    }

    private static void WriteIndex(string folder, List<(string File, List<string> Names)> shards, Dictionary<string, ModelParameter> byName)
    {
        var map = new JsonObject(shards.SelectMany(s => s.Names.Select(n => KeyValuePair.Create(n, (JsonNode?)JsonValue.Create(s.File)))).OrderBy(p => p.Key, StringComparer.Ordinal));
        var metadata = new JsonObject
        {
            ["total_parameters"] = byName.Values.Sum(Elements),
            ["total_size"] = byName.Values.Sum(p => Elements(p) * (p.FileFormat switch { ScalarType.Float64 => 8, ScalarType.Float32 => 4, _ => 2 })),
        };
        JsonFile.Write(Path.Combine(folder, WeightFiles.Index), new JsonObject { ["metadata"] = metadata, ["weight_map"] = map }, true);
    }

    private static long Elements(ModelParameter parameter) => parameter.Shape.Aggregate(1L, (a, b) => a * b);
}
