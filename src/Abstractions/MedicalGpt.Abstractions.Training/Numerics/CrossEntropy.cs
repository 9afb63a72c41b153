using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Numerics;

/// <summary>Negative log-likelihood of target tokens, L = −Σ_t log π(y_t | y_&lt;t) / N.</summary>
public static class CrossEntropy
{
    /// <summary>The loss.</summary>
    /// <param name="logProbs">log π of every target, [M].</param>
    /// <param name="tokens">N, the targets of the whole update (not of the micro-batch), so that losses of micro-batches add up.</param>
    /// <returns>Scalar.</returns>
    public static Tensor Loss(Tensor logProbs, double tokens) => -logProbs.sum() / tokens;
}
