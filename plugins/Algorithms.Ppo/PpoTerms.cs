using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>Parts of the loss of a micro-batch with M tokens and K slots.</summary>
/// <param name="Policy">Policy loss, [M].</param>
/// <param name="Value">Value loss, [K].</param>
/// <param name="LogProbs">log π, [M].</param>
/// <param name="Old">log π_old, [M].</param>
/// <param name="Advantages">A, [M].</param>
/// <param name="Entropy">Entropy of the next-token distribution, nats, [M].</param>
/// <param name="Values">V, [K].</param>
/// <param name="OldValues">V_old, [K].</param>
/// <param name="Returns">R, [K].</param>
public sealed record PpoTerms(Tensor Policy, Tensor Value, Tensor LogProbs, Tensor Old, Tensor Advantages, Tensor Entropy, Tensor Values, Tensor OldValues, Tensor Returns);
