using MedicalGpt.Rewards.Medical.Answers;

namespace MedicalGpt.Rewards.Medical.Choice;

/// <summary>1 when the final answer chooses exactly the right letters (in any order) or the right one of yes, no, maybe; else 0.</summary>
internal sealed class ChoiceReward(ChoiceOptions options) : IRewardFunction
{
    /// <summary>What published files hold where a row has no answer; such rows are not scored.</summary>
    private static readonly HashSet<string> Missing = new(["", "nan", "null", "none"], StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
    {
        ReferenceColumn.Require("choice", "choice-column", options.ChoiceColumn, samples);
        return ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(Score)]);
    }

    /// <exception cref="MedicalGptException">The reference is no choice at all.</exception>
    private RewardScore Score(RewardSample sample)
    {
        if (!sample.Reference.TryGetValue(options.ChoiceColumn, out var reference) || Missing.Contains(reference.Trim()))
            return new RewardScore(null);
        var expected = ChoiceParser.Parse(reference) ?? throw new MedicalGptException("Reward 'choice' cannot read the right answer of a row.")
        {
            Place = $"column '{options.ChoiceColumn}'",
            Given = reference.Length > 80 ? reference[..80] + "…" : reference,
            Allowed = "letters A to J, or yes, no, maybe",
            Remedy = "use the reward 'exact-answer' for free text, or map the column",
        };
        var given = sample.Finished || options.ChoiceAcceptUnfinished ? AnswerExtractor.Extract(sample.Completion) : null;
        var chosen = given is null ? null : ChoiceParser.Parse(given);
        return new RewardScore(chosen == expected ? 1 : 0)
        {
            Parts = new Dictionary<string, double> { ["answered"] = chosen is null ? 0 : 1 },
        };
    }
}
