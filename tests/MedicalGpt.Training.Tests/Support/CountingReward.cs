using MedicalGpt.Rewards;

namespace MedicalGpt.Training.Tests;

/// <summary>Share of threes in an answer.</summary>
internal sealed class CountingReward : IRewardFunction
{
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(s => new RewardScore(s.CompletionIds.Count(id => id == 3) / (double)s.CompletionIds.Count))]);
}
