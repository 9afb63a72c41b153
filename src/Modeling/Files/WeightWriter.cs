using System.Text.Json.Nodes;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Writes a model's parameters as one safetensors file or as shards with their index.</summary>
internal static class WeightWriter
{
    /// <summary>Writes weights.</summary>
    /// <param name="folder">An existing folder without weights (see <see cref="FolderUpdate"/>).</param>
    /// <param name="files">Where they stood; null = nowhere.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="nameInFile">A parameter's name in the files.</param>
    /// <param name="largestShard">Most bytes of a file; null = the files they stood in, for a new model <see cref="ShardPlan.DefaultBytes"/>.</param>
    public static void Write(string folder, WeightFiles? files, IReadOnlyList<ModelParameter> parameters, Func<string, string> nameInFile, long? largestShard = null)
    {
        var byName = parameters.ToDictionary(p => nameInFile(p.Name), StringComparer.Ordinal);
        var shards = largestShard is null && files is not null
            ? files.Shards.Count == 1 ? [(WeightFiles.Single, byName.Keys.ToList())] : Shards(files, byName)
            : ShardPlan.Create(parameters, nameInFile, largestShard ?? ShardPlan.DefaultBytes);
        foreach (var (file, names) in shards)
            WriteFile(Path.Combine(folder, file), [.. names.Select(n => (n, byName[n]))]);
        if (shards.Count > 1 || shards[0].File != WeightFiles.Single)
            WriteIndex(folder, shards, byName);
    }

    /// <summary>Writes one file, each weight in its file format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">Names and weights.</param>
    public static void WriteFile(string path, IReadOnlyList<(string Name, ModelParameter Parameter)> weights)
    {
        using var still = no_grad();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Save(path, [.. weights.SelectMany(w => Items(w.Name, w.Parameter))]);
    }

    private static IEnumerable<SafetensorsItem> Items(string name, ModelParameter parameter) => parameter.Packed is { } packed
        ? packed.FileTensors(name, parameter.FileFormat).Select(t => new SafetensorsItem(t.Key, t.Value, t.Value.dtype))
        : [new SafetensorsItem(name, parameter.Value, parameter.FileFormat)];

    private static List<(string File, List<string> Names)> Shards(WeightFiles files, Dictionary<string, ModelParameter> byName)
    {
        var shards = files.Shards.Select(s => (s.File, Names: s.Names!.Where(byName.ContainsKey).ToList())).Where(s => s.Names.Count > 0).ToList();
        shards[^1].Names.AddRange(byName.Keys.Except(shards.SelectMany(s => s.Names).ToList()));
        return shards;
    }

    private static void WriteIndex(string folder, List<(string File, List<string> Names)> shards, Dictionary<string, ModelParameter> byName)
    {
        using var scope = NewDisposeScope();
        var map = new JsonObject(shards.SelectMany(s => s.Names.SelectMany(n => Items(n, byName[n])).Select(i => i.Name).Select(n => KeyValuePair.Create(n, (JsonNode?)JsonValue.Create(s.File)))).OrderBy(p => p.Key, StringComparer.Ordinal));
        var metadata = new JsonObject
        {
            ["total_parameters"] = byName.Values.Sum(p => p.Count),
            ["total_size"] = byName.Values.Sum(ShardPlan.Bytes),
        };
        JsonFile.Write(Path.Combine(folder, WeightFiles.Index), new JsonObject { ["metadata"] = metadata, ["weight_map"] = map }, true);
    }
}
