using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>What the loss of B answers with M tokens in all is made of.</summary>
/// <param name="LogProbs">log π, [M], with gradient.</param>
/// <param name="OldLogProbs">log π of the policy that sampled, [M].</param>
/// <param name="ReferenceLogProbs">log π_ref, [M]; null without KL penalty.</param>
/// <param name="Advantages">[B].</param>
/// <param name="Owners">Answer of each token, int64 [M].</param>
/// <param name="Mask">1 = the token is learned, fp32 [M].</param>
public sealed record GrpoLossInput(Tensor LogProbs, Tensor OldLogProbs, Tensor? ReferenceLogProbs, Tensor Advantages, Tensor Owners, Tensor Mask)
{
    /// <summary>B.</summary>
    public long Answers => Advantages.shape[0];
}
