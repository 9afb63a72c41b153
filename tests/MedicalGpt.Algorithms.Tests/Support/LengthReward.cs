using MedicalGpt.Rewards;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>The golden GRPO run's first reward: number of tokens / 10, end token included.</summary>
public sealed class LengthReward : IRewardFunction
{
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(s => new RewardScore(s.CompletionIds.Count / 10.0))]);
}
