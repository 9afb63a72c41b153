namespace MedicalGpt.Algorithms.Ppo;

/// <summary>Weight of the KL penalty: fixed, or steered towards a target (Ziegler et al. 2019, section 2.2): e = clip(KL / target − 1, ±0.2), coef ← coef · (1 + e · n / horizon).</summary>
/// <param name="options">Starting weight, target, horizon.</param>
public sealed class AdaptiveKl(PpoOptions options)
{
    /// <summary>The weight now.</summary>
    public double Coefficient { get; set; } = options.KlCoef;

    /// <summary>Takes note of a collection.</summary>
    /// <param name="kl">Mean KL of its answers, nats.</param>
    /// <param name="answers">n.</param>
    public void Observe(double kl, int answers)
    {
        if (options.KlTarget is { } target)
            Coefficient *= 1 + (Math.Clamp((kl / target) - 1, -0.2, 0.2) * answers / options.KlHorizon);
    }
}
