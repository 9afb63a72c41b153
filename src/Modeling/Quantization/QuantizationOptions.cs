namespace MedicalGpt.Modeling;

/// <summary>How a frozen base is packed. The output head, embeddings, norms and biases stay as they are.</summary>
public sealed record QuantizationOptions
{
    /// <summary>Format of the linear layers' weights.</summary>
    public QuantizationType Type { get; init; } = QuantizationType.Nf4;

    /// <summary>The scales of 4-bit blocks are packed in 8 bits, too; saves 0.37 bits per weight.</summary>
    public bool DoubleQuantization { get; init; } = true;

    /// <summary>Columns of the input with a value at least this large are multiplied in full precision (int8); 0 = none.</summary>
    public double Int8Threshold { get; init; } = 6.0;

    /// <summary>Names of further modules that are left alone, a path or its end.</summary>
    public IReadOnlyList<string> SkippedModules { get; init; } = [];

    /// <summary>True when a linear layer is packed.</summary>
    /// <param name="path">Its module path.</param>
    /// <returns>Whether.</returns>
    internal bool Packs(string path) => path is not ("lm_head" or "score") && !SkippedModules.Any(s => Names(s, path));

    /// <summary>Refuses names of skipped modules that the model does not have.</summary>
    /// <param name="paths">Paths of all its modules that hold weights.</param>
    /// <exception cref="MedicalGptException">A name fits none.</exception>
    internal void RequireKnown(IReadOnlyCollection<string> paths)
    {
        var unknown = SkippedModules.Where(s => s is not ("lm_head" or "score") && !paths.Any(p => Names(s, p))).ToList();
        if (unknown.Count == 0)
            return;
        var known = paths.SelectMany(p => p.Split('.')).Where(part => !part.All(char.IsAsciiDigit)).Distinct().ToList();
        throw new MedicalGptException("The model has no such module, so it cannot be left unpacked.")
        {
            Place = "--llm-int8-skip-modules",
            Given = string.Join(", ", unknown),
            Allowed = $"{string.Join(", ", known)}, or longer paths such as {paths.First()}",
            Remedy = string.Join(", ", unknown.Select(name => Options.OptionNames.Nearest(name, known)).OfType<string>()) is { Length: > 0 } nearest ? $"did you mean {nearest}?" : null,
        };
    }

    private static bool Names(string skipped, string path) => LoraTargets.Ends(path, skipped) || path.StartsWith(skipped + ".", StringComparison.Ordinal) || path.Contains("." + skipped + ".", StringComparison.Ordinal);
}
