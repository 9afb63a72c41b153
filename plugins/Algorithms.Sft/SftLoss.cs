using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Sft;

/// <summary>
/// Losses of supervised fine-tuning. m_t = target, N = Σ m over the whole update.
/// nll: L = −Σ_t m_t log π(y_t | y_&lt;t) / N.
/// dft (Wu et al., "On the Generalization of SFT", 2025, eq. 9): L = −Σ_t m_t sg(π(y_t)) log π(y_t) / N, sg = no gradient.
/// No departures.
/// </summary>
public static class SftLoss
{
    /// <summary>The loss.</summary>
    /// <param name="type">Which.</param>
    /// <param name="logProbs">log π of every target, [M].</param>
    /// <param name="tokens">N.</param>
    /// <returns>Scalar.</returns>
    public static Tensor Compute(SftLossType type, Tensor logProbs, double tokens) => type switch
    {
        SftLossType.Dft => CrossEntropy.Loss(logProbs.detach().exp() * logProbs, tokens),
        _ => CrossEntropy.Loss(logProbs, tokens),
    };
}
