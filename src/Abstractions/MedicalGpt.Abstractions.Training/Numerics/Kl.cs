using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Numerics;

/// <summary>Per-token KL estimates; see <see cref="KlEstimator"/>.</summary>
public static class Kl
{
    /// <summary>k3 on tensors: e^d − 1 − d with d = log π_ref − log π. Differentiable in <paramref name="logProbs"/>.</summary>
    /// <param name="logProbs">log π, [M].</param>
    /// <param name="reference">log π_ref, [M].</param>
    /// <returns>[M], nats.</returns>
    public static Tensor K3(Tensor logProbs, Tensor reference)
    {
        var d = reference - logProbs;
        return d.expm1() - d;
    }

    /// <summary>An estimate for one token.</summary>
    /// <param name="estimator">Which.</param>
    /// <param name="logProb">log π.</param>
    /// <param name="reference">log π_ref.</param>
    /// <returns>Nats.</returns>
    public static double Estimate(KlEstimator estimator, double logProb, double reference)
    {
        var d = reference - logProb;
        return estimator == KlEstimator.K1 ? -d : Math.Exp(d) - 1 - d;
    }
}
