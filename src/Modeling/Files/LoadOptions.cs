namespace MedicalGpt.Modeling;

/// <summary>How a model is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>Number formats.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>True = every weight of the model learns (full fine-tuning).</summary>
    public bool Trained { get; init; }

    /// <summary>A PEFT folder to put on it; null = none.</summary>
    public string? Adapter { get; init; }

    /// <summary>True = the adapter of <see cref="Adapter"/> goes on learning.</summary>
    public bool AdapterTrained { get; init; }

    /// <summary>A new adapter to put on it (the model's own weights are frozen then); null = none.</summary>
    public LoraOptions? NewAdapter { get; init; }

    /// <summary>Seed of whatever is drawn fresh: a score head, a new adapter.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Packs the linear layers while they are loaded (the model is frozen then); null = not. A checkpoint that is packed already stays as it is.</summary>
    public QuantizationOptions? Quantization { get; init; }

    /// <summary>True = packed weights are unpacked while they are loaded, as for merging.</summary>
    public bool Dequantize { get; init; }

    /// <summary>Where the weights go, for example <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Device { get; init; } = "cpu";
}
