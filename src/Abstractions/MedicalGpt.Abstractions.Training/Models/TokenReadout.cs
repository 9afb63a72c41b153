using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>What the head read at the targets of a <see cref="SequenceLayout"/> (M targets).</summary>
/// <param name="LogProbs">log π(target | context), fp32 [M], differentiable.</param>
public sealed record TokenReadout(Tensor LogProbs)
{
    /// <summary>Entropy of the next-token distribution, nats, fp32 [M], no gradient unless asked; null unless asked.</summary>
    public Tensor? Entropy { get; init; }

    /// <summary>True where the target is the most likely token, bool [M]; null unless asked.</summary>
    public Tensor? Correct { get; init; }

    /// <summary>Mean of the raw logits over the vocabulary, fp32 [M], no gradient; null unless asked.</summary>
    public Tensor? MeanLogit { get; init; }
}
