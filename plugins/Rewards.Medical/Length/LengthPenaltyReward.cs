namespace MedicalGpt.Rewards.Medical.Length;

/// <summary>
/// Soft overlong punishment (DAPO, Yu et al. 2025, arXiv 2503.14476, equation 13): 0 up to <c>free</c> tokens, -1 from <c>full</c> on,
/// linear between. Departure: a completion that was cut gets -1 whatever its length.
/// </summary>
internal sealed class LengthPenaltyReward(LengthPenaltyOptions options) : IRewardFunction
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RewardScore>>([.. samples.Select(sample => new RewardScore(Penalty(sample)))]);

    private double Penalty(RewardSample sample)
    {
        if (!sample.Finished)
            return -1;
        var over = (double)(sample.CompletionIds.Count - options.LengthPenaltyFree) / (options.LengthPenaltyFull - options.LengthPenaltyFree);
        return over <= 0 ? 0 : -Math.Min(1, over);
    }
}
