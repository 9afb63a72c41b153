using MedicalGpt.Training.Numerics;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>
/// Group-relative advantages: A_i = (R_i − mean of the group) / (spread + 1e-4) (Shao et al., DeepSeekMath, 2024, section 4.1.2), spread = unbiased standard deviation of the group, of the batch, or not at all
/// (Liu et al., "Understanding R1-Zero-like training", 2025). Departure: an answer that no reward function judged (NaN) is left out of the statistics and gets advantage 0.
/// </summary>
public static class GroupAdvantages
{
    private const double Epsilon = 1e-4;

    /// <summary>Computes advantages.</summary>
    /// <param name="rewards">Total rewards, prompt after prompt, <paramref name="groupSize"/> answers each; NaN = not judged.</param>
    /// <param name="groupSize">G.</param>
    /// <param name="scaling">What to divide by.</param>
    /// <returns>One advantage per answer.</returns>
    public static double[] Compute(IReadOnlyList<double> rewards, int groupSize, RewardScaling scaling)
    {
        var batch = scaling == RewardScaling.Batch ? Spread(rewards) : 0;
        return
        [
            .. rewards.Chunk(groupSize).SelectMany(group =>
            {
                var mean = Statistics.Mean(group);
                var scale = scaling switch
                {
                    RewardScaling.Group => Spread(group) + Epsilon,
                    RewardScaling.Batch => batch + Epsilon,
                    _ => 1,
                };
                return group.Select(reward => double.IsNaN(reward) ? 0 : (reward - mean) / scale);
            }),
        ];
    }

    /// <summary>Share of answers whose group gave them all the same reward: they teach nothing.</summary>
    /// <param name="rewards">Total rewards, prompt after prompt.</param>
    /// <param name="groupSize">G.</param>
    /// <returns>0 … 1.</returns>
    public static double ShareWithoutSpread(IReadOnlyList<double> rewards, int groupSize) =>
        rewards.Chunk(groupSize).Average(group => Spread(group) < 1e-8 ? 1.0 : 0.0);

    private static double Spread(IEnumerable<double> rewards)
    {
        var deviation = Statistics.StandardDeviation(rewards);
        return double.IsNaN(deviation) ? 0 : deviation;
    }
}
