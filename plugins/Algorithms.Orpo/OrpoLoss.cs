using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Orpo;

/// <summary>
/// Odds-ratio preference optimisation (Hong et al. 2024, eq. 6 and 7): with l = mean log π per answer token and odds = e^l / (1 − e^l),
/// L = NLL(chosen) − λ log σ(log odds_c − log odds_r). No departures; log(1 − e^l) is computed without cancellation (Mächler 2012).
/// </summary>
public static class OrpoLoss
{
    /// <summary>Λ = log odds_c − log odds_r of each pair.</summary>
    /// <param name="chosen">l of the better answers, [n], below 0.</param>
    /// <param name="rejected">l of the worse answers, [n], below 0.</param>
    /// <returns>[n].</returns>
    public static Tensor LogOddsRatio(Tensor chosen, Tensor rejected) => chosen - rejected - (Log1MinusExp(chosen) - Log1MinusExp(rejected));

    /// <summary>−λ log σ(Λ) of each pair.</summary>
    /// <param name="logOddsRatio">Λ, [n].</param>
    /// <param name="lambda">λ.</param>
    /// <returns>[n].</returns>
    public static Tensor PerPair(Tensor logOddsRatio, double lambda) => -lambda * nn.functional.logsigmoid(logOddsRatio);

    /// <summary>log(1 − e^x) for x below 0: log1p(−e^x) below −ln 2, log(−expm1(x)) above. Both branches see arguments on their own side only, so no gradient is NaN.</summary>
    /// <param name="x">Below 0; −1e-7 and above are taken as −1e-7 (a certain answer has infinite odds).</param>
    /// <returns>Same shape.</returns>
    public static Tensor Log1MinusExp(Tensor x)
    {
        var safe = x.clamp_max(-1e-7);
        var far = safe < -Math.Log(2);
        var below = (-safe.clamp_max(-Math.Log(2)).exp()).log1p();
        var above = (-safe.clamp_min(-Math.Log(2)).expm1()).log();
        return where(far, below, above);
    }
}
