using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.RewardModel;

/// <summary>
/// Pairwise (Bradley-Terry) loss: −log σ(r_c − r_r − margin) (Ouyang et al., "Training language models to follow instructions", 2022, eq. 1; margin: Touvron et al., Llama 2, 2023, eq. 2)
/// + c (r_c + r_r)² (Eisenstein et al., "Helping or Herding?", 2023). No departures.
/// </summary>
public static class RewardModelLoss
{
    /// <summary>The loss of each pair.</summary>
    /// <param name="chosen">Rewards of the better answers, [n].</param>
    /// <param name="rejected">Rewards of the worse answers, [n].</param>
    /// <param name="margin">How much better, reward units, [n].</param>
    /// <param name="center">c; 0 = off.</param>
    /// <returns>[n].</returns>
    public static Tensor PerPair(Tensor chosen, Tensor rejected, Tensor margin, double center)
    {
        var loss = -nn.functional.logsigmoid(chosen - rejected - margin);
        return center == 0 ? loss : loss + (center * (chosen + rejected).square());
    }
}
