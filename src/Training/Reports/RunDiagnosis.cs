using System.Globalization;

namespace MedicalGpt.Training;

/// <summary>Rules of thumb over the numbers of a run: reward hacking, divergence from the reference, stagnation, overfitting.</summary>
public static class RunDiagnosis
{
    private const double KlLimit = 10.0;
    private const double RewardStdFloor = 0.1;
    private static readonly string[] RewardNames = ["reward", "objective/scores", "objective/rlhf_reward"];
    private static readonly string[] KlNames = ["kl", "objective/kl"];
    private static readonly string[] KlCoefficientNames = ["kl_coef", "objective/kl_coef", "beta"];

    /// <summary>Looks at a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rewardThreshold">A mean reward above this is suspicious; null = not checked.</param>
    /// <returns>Findings; empty when nothing stands out.</returns>
    public static IReadOnlyList<Finding> Look(RunLog run, double? rewardThreshold = null)
    {
        var findings = new List<Finding>();
        if (rewardThreshold is { } threshold && First(run, RewardNames) is { } reward && reward > threshold)
            findings.Add(new Finding("reward hacking?", Text($"the mean reward {reward:0.###} is above the threshold {threshold:0.###}; read samples, and raise the KL coefficient{Raised(run)}")));
        if (First(run, KlNames) is { } kl && kl > KlLimit)
            findings.Add(new Finding("divergence", Text($"the KL to the reference is {kl:0.###} (limit {KlLimit:0}); lower the learning rate or raise the KL coefficient{Raised(run)}")));
        if (run.Last("reward_std") is { } std && std < RewardStdFloor)
            findings.Add(new Finding("stagnation", Text($"the rewards of a group hardly differ (standard deviation {std:0.###}, floor {RewardStdFloor}): either the task is solved or exploration has stopped; try a higher temperature, more generations or harder prompts")));
        if (run.Last("frac_reward_zero_std") is { } flat && flat > 0.8)
            findings.Add(new Finding("no signal", Text($"{flat:P0} of the groups have equal rewards and teach nothing; use harder or easier prompts")));
        if (Overfits(run) is { } best)
            findings.Add(new Finding("overfitting", Text($"the held-out loss was lowest after update {best.Step} ({best.Value:0.####}) and has risen to {run.Last("eval_loss"):0.####}; train less, or on more rows")));
        return findings;
    }

    private static double? First(RunLog run, string[] names) => names.Select(run.Last).FirstOrDefault(v => v is not null);

    private static string Raised(RunLog run) => First(run, KlCoefficientNames) is { } old and > 0 ? Text($" (from {old:0.####} to {old * 1.5:0.####})") : "";

    private static MetricPoint? Overfits(RunLog run)
    {
        if (!run.Series.TryGetValue("eval_loss", out var points) || points.Count < 3)
            return null;
        var best = points.MinBy(p => p.Value);
        return points[^1].Value > best.Value * 1.02 ? best : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
