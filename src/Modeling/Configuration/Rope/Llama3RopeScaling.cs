using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>Llama 3.1: long wavelengths are stretched, short ones kept, those between blended (Grattafiori et al. 2024, arXiv:2407.21783).</summary>
/// <param name="Factor">Stretch of long wavelengths.</param>
/// <param name="LowFrequencyFactor">Wavelengths above original length / this are long.</param>
/// <param name="HighFrequencyFactor">Wavelengths below original length / this are short.</param>
/// <param name="OriginalLength">Length of the first training.</param>
public sealed record Llama3RopeScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalLength) : RopeScaling
{
    /// <inheritdoc/>
    public override string Type => "llama3";

    /// <inheritdoc/>
    public override double[] Frequencies(double theta, int rotary, long length) => [.. Plain(theta, rotary).Select(Scaled)];

    internal override IEnumerable<string> Faults(int rotary) => HighFrequencyFactor > LowFrequencyFactor && LowFrequencyFactor > 0
        ? [.. Length(OriginalLength), .. AtLeastOne("factor", Factor)]
        : [$"rope scaling: high_freq_factor {HighFrequencyFactor} is not above low_freq_factor {LowFrequencyFactor}, or that is not above 0"];

    internal override JsonObject ToJson() => new()
    {
        ["factor"] = Factor,
        ["low_freq_factor"] = LowFrequencyFactor,
        ["high_freq_factor"] = HighFrequencyFactor,
        ["original_max_position_embeddings"] = OriginalLength,
    };

    private double Scaled(double frequency)
    {
        // Turns that a pair makes over the original length.
        var turns = OriginalLength * frequency / (2 * Math.PI);
        var kept = Math.Clamp((turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return frequency * (kept + (1 - kept) / Factor);
    }
}
