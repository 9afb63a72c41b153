using Microsoft.Extensions.Logging;

namespace MedicalGpt.Training;

/// <summary>The trainer's side of <see cref="ITrainingContext"/>.</summary>
internal sealed class TrainingContext(StageRequest request, ITrainedModels models, IRolloutSource rollouts, BatchShape batch, bool evaluating) : ITrainingContext
{
    public IModelSet Models => models;

    public IRolloutSource Rollouts => rollouts;

    public IRewardPipeline Rewards => request.Rewards;

    public IExampleEncoder Encoder => request.Encoder;

    public BatchShape Batch => batch;

    public int Step { get; set; }

    public int Seed => request.Options.Run.Seed;

    public bool Evaluating => evaluating;

    public ILogger Log => request.Log;

    public Random RandomFor(string purpose) => SeededRandom.For(Seed, Step, (evaluating ? "eval/" : "train/") + purpose);
}
