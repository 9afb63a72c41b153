using MedicalGpt.Training.Numerics;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>
/// From scores to advantages: ρ_t = −kl_coef · kl_t, plus the score in the last slot (Ziegler et al. 2019, eq. 2), whitened if asked, then GAE, then advantages whitened over all tokens of the collection.
/// Departures: (1) the score is given at the answer's last token unless score_after_end; (2) whitening covers the collection, not a process's share.
/// </summary>
public static class PpoRewards
{
    /// <summary>Fills advantages and returns.</summary>
    /// <param name="sequences">Answers with log-probabilities, values and scores.</param>
    /// <param name="klCoef">Weight of the KL penalty now.</param>
    /// <param name="options">Estimator, γ, λ, whitening.</param>
    /// <returns>The same answers, ready to learn from.</returns>
    public static PpoSequence[] Assign(IReadOnlyList<PpoSequence> sequences, double klCoef, PpoOptions options)
    {
        double[][] rewards = [.. sequences.Select(s => PerSlot(s, klCoef, options.KlEstimator))];
        if (options.WhitenRewards)
            rewards = Statistics.Whiten(rewards, shiftMean: false);
        double[][] advantages = [.. sequences.Select((s, i) => GeneralizedAdvantage.Compute(rewards[i], s.Values, options.Gamma, options.Lam))];
        var whitened = Statistics.Whiten([.. sequences.Select((s, i) => advantages[i][..s.Tokens])]);
        return [.. sequences.Select((s, i) => s with { Advantages = whitened[i], Returns = [.. advantages[i].Zip(s.Values, (a, v) => a + v)] })];
    }

    /// <summary>Rewards of one answer.</summary>
    /// <param name="sequence">The answer.</param>
    /// <param name="klCoef">Weight of the KL penalty.</param>
    /// <param name="estimator">Its estimator.</param>
    /// <returns>ρ, [K].</returns>
    public static double[] PerSlot(PpoSequence sequence, double klCoef, KlEstimator estimator)
    {
        var rewards = new double[sequence.Slots];
        for (var t = 0; t < sequence.Tokens; t++)
            rewards[t] = -klCoef * Kl.Estimate(estimator, sequence.Old[t], sequence.Reference[t]);
        rewards[^1] += sequence.Score;
        return rewards;
    }
}
