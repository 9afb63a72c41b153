using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>How answers are drawn.</summary>
[Options("sampling")]
public sealed partial record SamplingFlags
{
    /// <summary>Most tokens of an answer, its end token included.</summary>
    [Range(1, 1000000)]
    [Unit("tokens")]
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>Logits are divided by it; 0 = always the most likely token.</summary>
    [Range(0, 100)]
    public double Temperature { get; init; } = 0.7;

    /// <summary>Smallest probability mass that is kept; 1 = all.</summary>
    [Range(0, 1, MinExclusive = true)]
    public double TopP { get; init; } = 1;

    /// <summary>Most tokens that are kept; 0 = all.</summary>
    [Range(0, 1000000)]
    public int TopK { get; init; }

    /// <summary>Seed of the drawing; the same seed gives the same answers whatever the batch size.</summary>
    [Range(0, 2147483647)]
    public int Seed { get; init; } = 42;

    /// <summary>The sampling of the rollout engine.</summary>
    /// <returns>Options.</returns>
    public SamplingOptions ToSampling() => new(MaxNewTokens, Temperature, TopP, TopK);
}
