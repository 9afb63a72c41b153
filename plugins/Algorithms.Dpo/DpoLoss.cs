using static MedicalGpt.Torch.torch;
using static MedicalGpt.Torch.torch.nn.functional;

namespace MedicalGpt.Algorithms.Dpo;

/// <summary>
/// Direct preference optimisation (Rafailov et al. 2023, eq. 7): with s = log π(y|x) − log π_ref(y|x) summed over the answer, h = β (s_c − s_r), L = −log σ(h).
/// ε = label smoothing, T = answer length. Departures: (1) sigmoid honours ε (cDPO, Mitchell 2023; TRL ignores it); (2) ipo takes the mean over tokens, as its authors confirmed.
/// </summary>
public static class DpoLoss
{
    /// <summary>The loss of each pair.</summary>
    /// <param name="type">The contrast.</param>
    /// <param name="chosen">s of the better answers, [n], nats.</param>
    /// <param name="rejected">s of the worse answers, [n], nats.</param>
    /// <param name="chosenLengths">Tokens of the better answers, [n].</param>
    /// <param name="rejectedLengths">Tokens of the worse answers, [n].</param>
    /// <param name="beta">β.</param>
    /// <param name="smoothing">ε.</param>
    /// <returns>[n].</returns>
    public static Tensor PerPair(DpoLossType type, Tensor chosen, Tensor rejected, Tensor chosenLengths, Tensor rejectedLengths, double beta, double smoothing)
    {
        var h = beta * (chosen - rejected);
        return type switch
        {
            DpoLossType.SigmoidNorm => -logsigmoid(beta * ((chosen / chosenLengths) - (rejected / rejectedLengths))),
            DpoLossType.Hinge => (1 - h).clamp_min(0),
            DpoLossType.Ipo => ((chosen / chosenLengths) - (rejected / rejectedLengths) - (1 / (2 * beta))).square(),
            DpoLossType.Robust => Smoothed(h, smoothing, -1) / (1 - (2 * smoothing)),
            DpoLossType.ExoPair => ExoPair(h, smoothing),
            DpoLossType.NcaPair => -logsigmoid(beta * chosen) - (0.5 * logsigmoid(-beta * chosen)) - (0.5 * logsigmoid(-beta * rejected)),
            DpoLossType.BcoPair => -logsigmoid(beta * chosen) - logsigmoid(-beta * rejected),
            DpoLossType.SppoHard => (chosen - (0.5 / beta)).square() + (rejected + (0.5 / beta)).square(),
            DpoLossType.ApoZero => 1 - (beta * chosen).sigmoid() + (beta * rejected).sigmoid(),
            DpoLossType.ApoDown => (beta * chosen).sigmoid() + 1 - h.sigmoid(),
            _ => Smoothed(h, smoothing, 1),
        };
    }

    /// <summary>−(1−ε) log σ(h) − sign·ε log σ(−h).</summary>
    private static Tensor Smoothed(Tensor h, double smoothing, int sign) =>
        smoothing == 0 ? -logsigmoid(h) : (-(1 - smoothing) * logsigmoid(h)) - (sign * smoothing * logsigmoid(-h));

    /// <summary>q (log q − log(1−ε)) + (1−q)(log(1−q) − log ε), q = σ(h).</summary>
    private static Tensor ExoPair(Tensor h, double smoothing) =>
        (h.sigmoid() * (logsigmoid(h) - Math.Log(1 - smoothing))) + ((-h).sigmoid() * (logsigmoid(-h) - Math.Log(smoothing)));
}
