using Microsoft.Extensions.Logging;

namespace MedicalGpt.Training;

/// <summary>What the trainer lends to an algorithm.</summary>
public interface ITrainingContext
{
    /// <summary>The loaded models.</summary>
    IModelSet Models { get; }

    /// <summary>Answers of the policy.</summary>
    IRolloutSource Rollouts { get; }

    /// <summary>Reward functions.</summary>
    IRewardPipeline Rewards { get; }

    /// <summary>Tokens to text and the special ids.</summary>
    IExampleEncoder Encoder { get; }

    /// <summary>Batch sizes.</summary>
    BatchShape Batch { get; }

    /// <summary>Updates done so far.</summary>
    int Step { get; }

    /// <summary>Seed of the run.</summary>
    int Seed { get; }

    /// <summary>A random source for this moment of the run (shuffling rollouts …): depends only on seed, step and purpose, so a resumed run draws the same.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <returns>The source.</returns>
    Random RandomFor(string purpose);

    /// <summary>True during evaluation: no gradients, no updates.</summary>
    bool Evaluating { get; }

    /// <summary>Log.</summary>
    ILogger Log { get; }
}
