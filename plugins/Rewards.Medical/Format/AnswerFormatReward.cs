using System.Text.RegularExpressions;

namespace MedicalGpt.Rewards.Medical.Format;

/// <summary>1 when the completion ended by itself, has the asked format and its answer is single ("A or B" is two), else 0. Right or wrong does not matter here.</summary>
internal sealed partial class AnswerFormatReward(AnswerFormatOptions options) : IRewardFunction
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(sample => new RewardScore(sample.Finished && Fits(sample.Completion) ? 1 : 0))]);

    private bool Fits(string completion)
    {
        var match = (options.AnswerFormat switch
        {
            AnswerFormat.Line => Line(),
            AnswerFormat.Tags => Tags(),
            _ => Think(),
        }).Match(completion.Trim());
        return match.Success && !Several().IsMatch(match.Groups["answer"].Value);
    }

    [GeneratedRegex(@"^(?:Answer: |答案：)(?<answer>\S(?:[^\n]*\S)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"^<answer>(?<answer>[^<]*[^<\s][^<]*)</answer>$", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"^<think>(?:(?!</?(?:think|answer)>)[\s\S])+</think>\s*<answer>(?<answer>[^<]*[^<\s][^<]*)</answer>$", RegexOptions.CultureInvariant)]
    private static partial Regex Think();

    /// <summary>Alternatives, or a second marker.</summary>
    [GeneratedRegex(@"\bor\b|或|还是|\banswer\s*:|答案\s*[：:]|/\s|\s/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Several();
}
