namespace MedicalGpt.Rewards.Medical.Learned;

/// <summary>Passes answers to the host's reward model service.</summary>
internal sealed class LearnedReward(LearnedRewardOptions options, IServiceProvider services) : IRewardFunction
{
    private readonly ILearnedReward _model = services.GetService(typeof(ILearnedReward)) as ILearnedReward
        ?? throw new MedicalGptException("Reward 'learned-reward' needs a host that runs reward models, and this one does not.")
        {
            Place = "reward 'learned-reward'",
            Remedy = "run it in a training stage that generates answers (ppo or grpo)",
        };

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
    {
        var rewards = await _model.ScoreAsync(options.LearnedRewardPath, samples, cancellationToken);
        if (rewards.Count != samples.Count)
            throw new InvalidOperationException($"The reward model gave {rewards.Count} scores for {samples.Count} answers.");
        return [.. rewards.Select(reward => new RewardScore(double.IsFinite(reward)
            ? reward
            : throw new MedicalGptException($"The reward model in '{options.LearnedRewardPath}' gave a score that is not a finite number.")))];
    }
}
