using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Modeling;

/// <summary>A PEFT adapter's folder as its configuration describes it; no weights are read.</summary>
/// <param name="Options">The adapter's shape.</param>
/// <param name="BaseModel">The base model's folder or name (<c>base_model_name_or_path</c>); null = it names none.</param>
public sealed record AdapterFolder(LoraOptions Options, string? BaseModel)
{
    /// <summary>Whether a folder holds an adapter.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether.</returns>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, AdapterConfig.FileName));

    /// <summary>Reads <c>adapter_config.json</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="MedicalGptException">It is missing, malformed, or of a kind that is not supported.</exception>
    public static AdapterFolder Read(string folder)
    {
        var (options, json) = AdapterConfig.Read(folder, scoreModel: null);
        return new AdapterFolder(options, json["base_model_name_or_path"]?.ToString() is { Length: > 0 } name ? name : null);
    }

    /// <summary>Names of a model's linear layers, such as q_proj, from the headers of its weight files.</summary>
    /// <param name="model">The model's folder.</param>
    /// <returns>The names; empty where there are no weights.</returns>
    public static IReadOnlySet<string> LinearNames(string model)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!Directory.Exists(model))
            return names;
        foreach (var file in WeightFiles.In(model))
        {
            using var open = SafetensorsFile.Open(Path.Combine(model, file));
            names.UnionWith(from entry in open.Entries
                            where entry.Shape.Count == 2 && entry.Name.EndsWith(".weight", StringComparison.Ordinal) && entry.Name.Contains(".layers.", StringComparison.Ordinal)
                            select entry.Name.Split('.')[^2]);
        }

        return names;
    }
}
