using MedicalGpt.Rewards;

namespace MedicalGpt.Training.Tests;

/// <summary>Applies to one answer of four.</summary>
internal sealed class QuarterReward : IRewardFunction
{
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select((_, i) => i % 4 == 0 ? new RewardScore(1) : new RewardScore(null))]);
}
