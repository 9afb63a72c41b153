using MedicalGpt.Rewards;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>The golden GRPO run's second reward: share of even token ids.</summary>
public sealed class EvenReward : IRewardFunction
{
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(s => new RewardScore(s.CompletionIds.Average(id => id % 2 == 0 ? 1.0 : 0.0)))]);
}
