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

    private static void AddLengths(Metrics metrics, string name, int[] lengths)
    {
        metrics.AddMean($"completions/mean_{name}", lengths.Length > 0 ? lengths.Average() : 0, 1);
        metrics.AddMin($"completions/min_{name}", lengths.Length > 0 ? lengths.Min() : 0);
        metrics.AddMax($"completions/max_{name}", lengths.Length > 0 ? lengths.Max() : 0);
    }
}
