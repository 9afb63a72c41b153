using MedicalGpt.Rewards;

namespace MedicalGpt.Training;

/// <summary>The reward functions of a run: runs them side by side, adds them up by weight, and keeps their statistics.</summary>
/// <param name="rewards">Functions with weights, in order.</param>
public sealed class RewardPipeline(IReadOnlyList<NamedReward> rewards) : IRewardPipeline
{
    private Metrics metrics = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. rewards.Select(r => r.Name)];

    /// <summary>Pairs functions with the weights of <c>--reward_weights</c>.</summary>
    /// <param name="functions">Functions by name, in order.</param>
    /// <param name="weights">Weights in the same order; empty = 1 each.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="MedicalGptException">The numbers of functions and weights differ.</exception>
    public static RewardPipeline Create(IReadOnlyList<(string Name, IRewardFunction Function)> functions, IReadOnlyList<double> weights)
    {
        if (weights.Count != 0 && weights.Count != functions.Count)
            throw new MedicalGptException($"--reward_weights has {weights.Count} values for {functions.Count} reward functions ({string.Join(", ", functions.Select(f => f.Name))}); give one weight per function, or none for 1 each");
        return new RewardPipeline([.. functions.Select((f, i) => new NamedReward(f.Name, f.Function, weights.Count == 0 ? 1.0 : weights[i]))]);
    }

    /// <inheritdoc/>
    public async ValueTask<RewardResult> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
    {
        var pending = rewards.Select(r => ScoreOneAsync(r, samples, cancellationToken)).ToArray();
        var scores = await Task.WhenAll(pending);
        var total = new double[samples.Count];
        for (var i = 0; i < total.Length; i++)
        {
            var any = false;
            for (var k = 0; k < scores.Length; k++)
            {
                if (double.IsNaN(scores[k][i]))
                    continue;
                any = true;
                total[i] += rewards[k].Weight * scores[k][i];
            }

            if (!any)
                total[i] = double.NaN;
        }

        for (var k = 0; k < scores.Length; k++)
            Log(rewards[k].Name, scores[k]);
        return new RewardResult(total, scores);
    }

    /// <summary>Takes the statistics since the last call: <c>rewards/&lt;name&gt;/mean</c> and <c>/std</c>.</summary>
    /// <returns>The statistics.</returns>
    public Metrics TakeMetrics()
    {
        var taken = metrics;
        metrics = new Metrics();
        return taken;
    }

    private static async Task<double[]> ScoreOneAsync(NamedReward reward, IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
    {
        var scores = await reward.Function.ScoreAsync(samples, cancellationToken);
        if (scores.Count != samples.Count)
            throw new MedicalGptException($"reward function {reward.Name} gave {scores.Count} scores for {samples.Count} answers; it must give one per answer, in order");
        var values = new double[scores.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = scores[i].Value ?? double.NaN;
            if (scores[i].Value is { } value && !double.IsFinite(value))
                throw new MedicalGptException($"reward function {reward.Name} gave {value} for answer {i}; scores must be finite, or null where the function does not apply");
        }

        return values;
    }

    private void Log(string name, double[] scores)
    {
        var applicable = scores.Where(s => !double.IsNaN(s)).ToArray();
        if (applicable.Length == 0)
            return;
        var mean = applicable.Average();
        metrics.AddMean($"rewards/{name}/mean", applicable.Sum(), applicable.Length);
        if (applicable.Length > 1)
            metrics.AddMean($"rewards/{name}/std", Math.Sqrt(applicable.Sum(s => (s - mean) * (s - mean)) / (applicable.Length - 1)), 1);
    }
}
