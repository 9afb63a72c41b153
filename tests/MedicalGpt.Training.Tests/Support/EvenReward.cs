using MedicalGpt.Rewards;

namespace MedicalGpt.Training.Tests;

/// <summary>Share of even token ids in an answer.</summary>
internal sealed class EvenReward : IRewardFunction
{
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(s => new RewardScore(s.CompletionIds.Count(id => id % 2 == 0) / (double)s.CompletionIds.Count))]);
}
