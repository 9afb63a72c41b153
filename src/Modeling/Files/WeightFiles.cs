using System.Text.Json.Nodes;
using MedicalGpt.Torch.Extras;

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
        // transformers looks for the single file first, whether there is an index or not.
        if (File.Exists(Path.Combine(folder, Single)))
            return new WeightFiles([(Single, null)]);
        if (File.Exists(Path.Combine(folder, Index)))
            return ReadIndex(folder);
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

    /// <summary>Checks that shards hold what the index says of them: a weight that another program does not see must not count here.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ignored">True for names that are passed over.</param>
    /// <exception cref="MedicalGptException">A shard holds a weight that the index does not list, or lists in another shard.</exception>
    public void RequireListed(string folder, Func<string, bool> ignored)
    {
        var places = Shards.SelectMany(shard => (shard.Names ?? []).Select(name => KeyValuePair.Create(name, shard.File))).ToDictionary(StringComparer.Ordinal);
        var held = new List<(string Name, string File)>();
        foreach (var (file, _) in Shards.Where(shard => shard.Names is not null))
        {
            using var open = Open(Path.Combine(folder, file));
            held.AddRange(open.Entries.Select(entry => (entry.Name, file)));
        }

        // One that is in two files is an error of its own.
        var wrong = (from weight in held.GroupBy(h => h.Name, StringComparer.Ordinal).Where(files => files.Count() == 1).Select(files => files.First())
                     where !ignored(weight.Name) && places.GetValueOrDefault(weight.Name) != weight.File
                     select places.TryGetValue(weight.Name, out var other) ? $"{weight.Name} is in {weight.File}, listed in {other}" : $"{weight.Name} is in {weight.File}, not listed").ToList();
        if (wrong.Count > 0)
            throw new MedicalGptException("The index of the weights and its shards disagree.")
            {
                Place = Path.Combine(folder, Index),
                Given = string.Join("; ", wrong.Take(5)) + (wrong.Count > 5 ? $"; and {wrong.Count - 5} more" : ""),
                Allowed = "every weight of a shard in 'weight_map', under that shard",
                Remedy = "fetch the index and all shards again from one place, or correct the index",
            };
    }

    private static SafetensorsFile Open(string path)
    {
        try
        {
            return SafetensorsFile.Open(path);
        }
        catch (SafetensorsException error)
        {
            throw new MedicalGptException(error.Message, error);
        }
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
