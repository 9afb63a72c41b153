namespace MedicalGpt.Algorithms.Ppo;

/// <summary>
/// Generalised advantage estimation (Schulman et al. 2016, eq. 16): δ_t = ρ_t + γ V_{t+1} − V_t with V = 0 after the end, A_t = δ_t + γ λ A_{t+1}. No departures.
/// </summary>
public static class GeneralizedAdvantage
{
    /// <summary>Advantages of one answer.</summary>
    /// <param name="rewards">ρ, [K].</param>
    /// <param name="values">V, [K].</param>
    /// <param name="gamma">γ.</param>
    /// <param name="lambda">λ.</param>
    /// <returns>[K].</returns>
    public static double[] Compute(double[] rewards, IReadOnlyList<float> values, double gamma, double lambda)
    {
        var advantages = new double[rewards.Length];
        double next = 0, nextValue = 0;
        for (var t = rewards.Length - 1; t >= 0; t--)
        {
            next = rewards[t] + (gamma * nextValue) - values[t] + (gamma * lambda * next);
            nextValue = values[t];
            advantages[t] = next;
        }

        return advantages;
    }
}
