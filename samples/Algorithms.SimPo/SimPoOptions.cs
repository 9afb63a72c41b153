using MedicalGpt.Options;

namespace Samples.Algorithms.SimPo;

/// <summary>Options of simple preference optimisation.</summary>
[Options("simpo")]
[StageDefault("learning_rate", 1e-6)]
public sealed partial record SimPoOptions
{
    /// <summary>Scale of the rewards: β of the paper.</summary>
    [Range(0, 100, MinExclusive = true)]
    [Alias("simpo_beta")]
    public double Beta { get; init; } = 2.5;

    /// <summary>How far the better answer's reward must stand above the worse one's: γ of the paper.</summary>
    [Range(0, 100)]
    [Alias("simpo_gamma")]
    public double Gamma { get; init; } = 1.375;

    /// <summary>Tokens of prompt and answer together; a longer pair is dropped, never cut.</summary>
    [Range(2, 1_048_576)]
    [Unit("tokens")]
    public int MaxLength { get; init; } = 1536;
}
