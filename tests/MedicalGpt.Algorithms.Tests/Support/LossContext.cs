using MedicalGpt.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>What an algorithm sees of a run, for tests that look at one update.</summary>
public sealed class LossContext(IModelSet models, BatchShape batch, string? replay = null) : ITrainingContext
{
    public IModelSet Models => models;

    public IRolloutSource Rollouts { get; } = replay is null ? new NoAnswers() : new ReplayRollouts(replay);

    public IRewardPipeline Rewards { get; } = RewardPipeline.Create([("reward_len", new LengthReward()), ("reward_even", new EvenReward())], [1.0, 0.5]);

    public IExampleEncoder Encoder { get; } = new TokenEncoder();

    public BatchShape Batch => batch;

    public int Step => 0;

    public int Seed => 42;

    public bool Evaluating { get; init; }

    public ILogger Log => NullLogger.Instance;

    public Random RandomFor(string purpose) => new(purpose.Length);

    private sealed class NoAnswers : IRolloutSource
    {
        public ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("this algorithm does not sample");
    }
}
