using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>
/// Proximal policy optimisation (Schulman et al. 2017): policy ℓ_t = max(−A r, −A clip(r, 1 ± ε)), r = π / π_old (eq. 7); value ℓ_k = ½ max((V − R)², (clip(V, V_old ± ε_v) − R)²).
/// Departures: (1) means are over the tokens and slots of the whole update; (2) no entropy term.
/// </summary>
public static class PpoLoss
{
    /// <summary>Policy loss of each token.</summary>
    /// <param name="logProbs">log π, [M].</param>
    /// <param name="old">log π_old, [M].</param>
    /// <param name="advantages">A, [M].</param>
    /// <param name="clip">ε.</param>
    /// <returns>[M].</returns>
    public static Tensor Policy(Tensor logProbs, Tensor old, Tensor advantages, double clip)
    {
        var ratio = (logProbs - old).exp();
        return maximum(-advantages * ratio, -advantages * ratio.clamp(1 - clip, 1 + clip));
    }

    /// <summary>Value loss of each slot.</summary>
    /// <param name="values">V, [K].</param>
    /// <param name="old">V_old, [K].</param>
    /// <param name="returns">R, [K].</param>
    /// <param name="clip">ε_v.</param>
    /// <returns>[K].</returns>
    public static Tensor Value(Tensor values, Tensor old, Tensor returns, double clip)
    {
        var clipped = minimum(maximum(values, old - clip), old + clip);
        return 0.5 * maximum((values - returns).square(), (clipped - returns).square());
    }
}
