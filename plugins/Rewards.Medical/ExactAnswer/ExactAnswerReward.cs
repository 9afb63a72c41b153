using MedicalGpt.Rewards.Medical.Answers;

namespace MedicalGpt.Rewards.Medical.ExactAnswer;

/// <summary>
/// 1 when the completion has one final answer and it equals the reference, else 0. Its mean over rows of one kind or language is the accuracy there.
/// Part <c>answered</c> tells "no final answer" from "a wrong one".
/// </summary>
internal sealed class ExactAnswerReward(ExactAnswerOptions options) : IRewardFunction
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
    {
        ReferenceColumn.Require("exact-answer", "exact-answer-column", options.ExactAnswerColumn, samples);
        return ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(Score)]);
    }

    private RewardScore Score(RewardSample sample)
    {
        if (!sample.Reference.TryGetValue(options.ExactAnswerColumn, out var expected))
            return new RewardScore(null);
        var given = sample.Finished || options.ExactAnswerAcceptUnfinished ? AnswerExtractor.Extract(sample.Completion) : null;
        return new RewardScore(given is not null && IsRight(given, expected) ? 1 : 0)
        {
            Parts = new Dictionary<string, double> { ["answered"] = given is null ? 0 : 1 },
        };
    }

    private static bool IsRight(string given, string expected)
    {
        var right = AnswerText.Normalise(expected);
        return right.Length > 0 && AnswerText.Normalise(given) == right;
    }
}
