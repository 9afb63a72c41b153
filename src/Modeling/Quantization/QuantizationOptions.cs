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
    internal bool Packs(string path) => path is not ("lm_head" or "score") && !SkippedModules.Any(s => LoraTargets.Ends(path, s) || path.StartsWith(s + ".", StringComparison.Ordinal) || path.Contains("." + s + ".", StringComparison.Ordinal));
}
