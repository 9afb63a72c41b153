using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>Per-token parts of the loss.</summary>
/// <param name="PerToken">ℓ_t with its KL penalty, [M]; not masked.</param>
/// <param name="Ratio">w, [M], or [B] at sequence level.</param>
/// <param name="Lengths">Σ mask of each answer, fp32 [B].</param>
/// <param name="Kl">k3 estimates, [M]; null without KL penalty.</param>
public sealed record GrpoTerms(Tensor PerToken, Tensor Ratio, Tensor Lengths, Tensor? Kl);
