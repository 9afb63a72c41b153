using MedicalGpt.Plugins;

namespace MedicalGpt.Rewards;

/// <summary>Scores answers. A reward sees text, ids and reference columns, never a tensor, and fails closed: what cannot be parsed is never a match.</summary>
[ComponentContract(ComponentKinds.Reward)]
public interface IRewardFunction
{
    /// <summary>Scores every sample of a batch; one score per sample, in order.</summary>
    /// <param name="samples">Prompts with the answers that the policy gave.</param>
    /// <param name="cancellationToken">Stops scoring.</param>
    /// <returns>Scores; a null value means "does not apply to this row" (not zero).</returns>
    ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken);
}
