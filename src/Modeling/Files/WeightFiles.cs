using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>Which weight stands in which file of a model folder: one <c>model.safetensors</c>, or shards with an index.</summary>
/// <param name="Shards">File names in order, each with the names of its weights; null names = all weights.</param>
internal sealed record WeightFiles(IReadOnlyList<(string File, IReadOnlyList<string>? Names)> Shards)
{
    public const string Single = "model.safetensors";
    public const string Index = "model.safetensors.index.json";
    private const long LargestIndex = 64 << 20;

    /// <summary>Names of weight files in a folder, whether an index knows them or not.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns><c>model.safetensors</c> and <c>model-N-of-M.safetensors</c>.</returns>
    public static IReadOnlyList<string> In(string folder) => [.. Directory.EnumerateFiles(folder, "model*.safetensors").Select(f => Path.GetFileName(f)).Where(IsWeights).Order(StringComparer.Ordinal)];

    /// <summary>Whether a file holds a model's weights, by its name.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Whether.</returns>
    public static bool IsWeights(string name) => name == Single || (name.StartsWith("model-", StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal));

    /// <summary>Finds the weight files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The files.</returns>
    /// <exception cref="MedicalGptException">There are none, only formats that run code, or the index is wrong.</exception>
    public static WeightFiles Find(string folder)
    {
        if (File.Exists(Path.Combine(folder, Index)))
            return ReadIndex(folder);
        if (File.Exists(Path.Combine(folder, Single)))
            return new WeightFiles([(Single, null)]);
        var pickles = Directory.EnumerateFiles(folder).Select(Path.GetFileName).Where(f => f!.EndsWith(".bin", StringComparison.Ordinal) || f.EndsWith(".pt", StringComparison.Ordinal) || f.EndsWith(".pth", StringComparison.Ordinal)).ToArray();
        throw new MedicalGptException(pickles.Length > 0 ? "The weights are pickle files, which can run code and are never loaded." : "The model folder has no weights.")
        {
            Place = folder,
            Given = pickles.Length > 0 ? string.Join(", ", pickles) : string.Join(", ", Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(8)),
            Allowed = $"{Single}, or {Index} with its shards",
            Remedy = pickles.Length > 0
                ? "convert them once with transformers: AutoModelForCausalLM.from_pretrained(dir).save_pretrained(new_dir, safe_serialization=True)"
                : "fetch the weights too, or make a model with random ones: medgpt model init",
        };
    }

    private static WeightFiles ReadIndex(string folder)
    {
        var path = Path.Combine(folder, Index);
        if (JsonFile.ReadObject(path, LargestIndex)["weight_map"] is not JsonObject map || map.Count == 0)
            throw new MedicalGptException($"{path}: 'weight_map' is missing or empty; it names the shard of every weight");
        var shards = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, node) in map)
        {
            if (node is not JsonValue value || !value.TryGetValue<string>(out var file) || file.Length == 0 || Path.GetFileName(file) != file)
                throw new MedicalGptException($"{path}: the shard of '{name}' is {node?.ToJsonString() ?? "null"}; a file name in the same folder is needed");
            if (!shards.TryGetValue(file, out var names))
                shards[file] = names = [];
            names.Add(name);
        }

        var absent = shards.Keys.Where(f => !File.Exists(Path.Combine(folder, f))).ToArray();
        if (absent.Length > 0)
            throw new MedicalGptException($"{path}: {absent.Length} of {shards.Count} shards are missing: {string.Join(", ", absent)}; the download may be incomplete");
        return new WeightFiles([.. shards.Select(s => (s.Key, (IReadOnlyList<string>?)s.Value))]);
    }
}
