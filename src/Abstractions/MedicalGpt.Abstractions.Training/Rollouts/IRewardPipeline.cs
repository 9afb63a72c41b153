using MedicalGpt.Rewards;

namespace MedicalGpt.Training;

/// <summary>The reward functions of a run with their weights.</summary>
public interface IRewardPipeline
{
    /// <summary>Names of the functions, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Scores answers with every function and logs <c>rewards/&lt;name&gt;/mean|std</c>.</summary>
    /// <param name="samples">Answers.</param>
    /// <param name="cancellationToken">Stops scoring.</param>
    /// <returns>Weighted sums and parts; NaN where no function applies.</returns>
    ValueTask<RewardResult> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken);
}
