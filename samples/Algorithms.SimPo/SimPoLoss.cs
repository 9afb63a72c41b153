using static MedicalGpt.Torch.torch;

namespace Samples.Algorithms.SimPo;

/// <summary>
/// Simple preference optimisation (Meng, Xia and Chen 2024, eq. 6): with l = mean log π per answer token, L = −log σ(β (l_c − l_r) − γ). No reference model. No departures.
/// </summary>
public static class SimPoLoss
{
    /// <summary>The loss of each pair.</summary>
    /// <param name="chosen">l of the better answers, [n], nats.</param>
    /// <param name="rejected">l of the worse answers, [n], nats.</param>
    /// <param name="beta">β.</param>
    /// <param name="gamma">γ.</param>
    /// <returns>[n].</returns>
    public static Tensor PerPair(Tensor chosen, Tensor rejected, double beta, double gamma) =>
        -nn.functional.logsigmoid((beta * (chosen - rejected)) - gamma);
}
