namespace MedicalGpt.Rewards;

/// <summary>Host service through which reward plugins reach a learned reward model without touching tensors.</summary>
public interface ILearnedReward
{
    /// <summary>Scores answers with the reward model in a folder (<c>--reward_model_path</c> or a path of the plugin's own options).</summary>
    /// <param name="modelDirectory">A sequence-classification model with one label.</param>
    /// <param name="samples">Prompts with answers.</param>
    /// <param name="cancellationToken">Stops scoring.</param>
    /// <returns>One reward per sample, in order.</returns>
    ValueTask<IReadOnlyList<double>> ScoreAsync(string modelDirectory, IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken);
}
