using MedicalGpt.Training.Numerics;

namespace MedicalGpt.Training;

/// <summary>TRL's metrics of a batch of answers.</summary>
public static class RolloutMetrics
{
    /// <summary>Adds <c>completions/*</c> and <c>num_tokens</c>. "Terminated" means that the policy ended the answer itself.</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="rollouts">Answers.</param>
    public static void AddCompletions(Metrics metrics, IReadOnlyList<Rollout> rollouts)
    {
        AddLengths(metrics, "length", [.. rollouts.Select(r => r.CompletionIds.Length)]);
        AddLengths(metrics, "terminated_length", [.. rollouts.Where(r => r.Finished).Select(r => r.CompletionIds.Length)]);
        metrics.AddMean("completions/clipped_ratio", rollouts.Count(r => !r.Finished), rollouts.Count);
        metrics.AddSum("num_tokens", rollouts.Sum(r => r.PromptIds.Length + r.CompletionIds.Length));
    }

    /// <summary>Adds <c>rewards/&lt;function&gt;/mean</c> and <c>/std</c> (unbiased), over the answers to which a function applies.</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="names">Names of the functions.</param>
    /// <param name="rewards">Their scores.</param>
    public static void AddRewards(Metrics metrics, IReadOnlyList<string> names, RewardResult rewards)
    {
        for (var k = 0; k < names.Count; k++)
        {
            var scores = rewards.ByFunction[k].Where(s => !double.IsNaN(s)).ToArray();
            if (scores.Length == 0)
                continue;
            metrics.AddMean($"rewards/{names[k]}/mean", scores.Sum(), scores.Length);
            if (scores.Length > 1)
                metrics.AddMean($"rewards/{names[k]}/std", Statistics.StandardDeviation(scores), 1);
        }
    }

    private static void AddLengths(Metrics metrics, string name, int[] lengths)
    {
        metrics.AddMean($"completions/mean_{name}", lengths.Length > 0 ? lengths.Average() : 0, 1);
        metrics.AddMin($"completions/min_{name}", lengths.Length > 0 ? lengths.Min() : 0);
        metrics.AddMax($"completions/max_{name}", lengths.Length > 0 ? lengths.Max() : 0);
    }
}
