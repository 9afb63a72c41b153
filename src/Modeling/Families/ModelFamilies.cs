namespace MedicalGpt.Modeling;

/// <summary>The model families that plugins brought.</summary>
/// <param name="families">All of them.</param>
public sealed class ModelFamilies(IEnumerable<IModelFamily> families)
{
    private readonly IModelFamily[] known = [.. families.OrderBy(f => f.ModelType, StringComparer.Ordinal)];

    /// <summary>All families, by name.</summary>
    public IReadOnlyList<IModelFamily> All => known;

    /// <summary>Finds the family of a configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <returns>The family.</returns>
    /// <exception cref="MedicalGptException">No plugin knows it; the error names the nearest one.</exception>
    public IModelFamily Of(ModelConfig config)
    {
        var type = config.ModelType;
        var found = known.FirstOrDefault(f => f.ModelType == type)
            ?? (type.Length == 0 ? known.FirstOrDefault(f => f.CausalArchitecture == config.Architecture || f.ScoreArchitecture == config.Architecture) : null);
        if (found is null)
            throw Unknown(config);
        var architecture = config.Architecture;
        if (architecture.Length > 0 && architecture != found.CausalArchitecture && architecture != found.ScoreArchitecture)
            throw new MedicalGptException($"{config.Place}: architecture '{architecture}' of model type '{found.ModelType}' is not supported; supported are {found.CausalArchitecture} and {found.ScoreArchitecture}");
        return found;
    }

    /// <summary>Reads a configuration and refuses what it asks for beyond that.</summary>
    /// <param name="config">The configuration.</param>
    /// <returns>Its family and the decoder it describes.</returns>
    /// <exception cref="MedicalGptException">No plugin knows the kind of model, a value is wrong, or a key is not supported.</exception>
    public (IModelFamily Family, DecoderOptions Options) Read(ModelConfig config)
    {
        var family = Of(config);
        var options = family.Read(config);
        _ = QuantizationConfig.Read(config);
        config.RefuseUnread();
        return (family, options);
    }

    /// <summary>Finds a family by its name.</summary>
    /// <param name="modelType"><c>model_type</c>.</param>
    /// <returns>The family.</returns>
    /// <exception cref="MedicalGptException">No plugin knows it.</exception>
    public IModelFamily Named(string modelType) =>
        known.FirstOrDefault(f => f.ModelType == modelType) ?? throw new MedicalGptException($"model type '{modelType}' is not known. {Known(modelType)}");

    private MedicalGptException Unknown(ModelConfig config) => config.ModelType.Length == 0 && config.Architecture.Length == 0
        ? new($"{config.Place}: neither 'model_type' nor 'architectures' is given, so the kind of model is unknown. {Known("")}")
        : new($"{config.Place}: model type '{config.ModelType}' (architecture '{config.Architecture}') is not known. {Known(config.ModelType.Length > 0 ? config.ModelType : config.Architecture)}");

    private string Known(string given)
    {
        if (known.Length == 0)
            return "No plugin brings a model family; check the plugins folder with 'medgpt plugins'.";
        // A name that continues the other is a variant of it: gemma3 and gemma3_text, qwen3_moe and qwen3.
        var nearest = known.MinBy(f => (f.ModelType.StartsWith(given, StringComparison.Ordinal) || given.StartsWith(f.ModelType, StringComparison.Ordinal) ? 0 : 1000) + Distance(f.ModelType, given))!.ModelType;
        var hint = given.Length == 0 ? "" : $"The nearest is '{nearest}'; ";
        return $"{hint}known are {string.Join(", ", known.Select(f => $"'{f.ModelType}'"))}. A plugin can add others (IModelFamily).";
    }

    // Levenshtein distance.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
