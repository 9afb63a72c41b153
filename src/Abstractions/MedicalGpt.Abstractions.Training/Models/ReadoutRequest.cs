namespace MedicalGpt.Training;

/// <summary>What an algorithm wants from the head beside log-probabilities.</summary>
/// <param name="Temperature">Logits are divided by it before the softmax.</param>
/// <param name="Entropy">Read entropies.</param>
/// <param name="EntropyGradient">Entropies carry a gradient (entropy bonus).</param>
/// <param name="Correct">Read whether the target is the most likely token.</param>
/// <param name="MeanLogit">Read the mean raw logit.</param>
public readonly record struct ReadoutRequest(
    double Temperature = 1.0,
    bool Entropy = false,
    bool EntropyGradient = false,
    bool Correct = false,
    bool MeanLogit = false)
{
    /// <summary>Log-probabilities only, temperature 1.</summary>
    public static ReadoutRequest LogProbsOnly => new(1.0);
}
