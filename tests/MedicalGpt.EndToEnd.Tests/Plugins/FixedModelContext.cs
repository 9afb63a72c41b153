using MedicalGpt.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.EndToEnd.Tests.Plugins;

/// <summary>A training context whose policy gives fixed log-probabilities at the targets; an offline algorithm without a reference needs nothing else.</summary>
internal sealed class FixedModelContext(float[] logProbs) : ITrainingContext, IModelSet, ICausalModel
{
    public IModelSet Models => this;

    public ICausalModel Policy => this;

    public ICausalModel Reference => throw new NotSupportedException();

    public IScoreModel Score => throw new NotSupportedException();

    public IScoreModel Reward => throw new NotSupportedException();

    public IScoreModel Value => throw new NotSupportedException();

    public IRolloutSource Rollouts => throw new NotSupportedException();

    public IRewardPipeline Rewards => throw new NotSupportedException();

    public IExampleEncoder Encoder => throw new NotSupportedException();

    public BatchShape Batch => new(1, 1);

    public int Step => 0;

    public int Seed => 0;

    public bool Evaluating => false;

    public ILogger Log => NullLogger.Instance;

    public int VocabularySize => 8;

    public Random RandomFor(string purpose) => throw new NotSupportedException();

    public TokenReadout Read(SequenceLayout layout, ReadoutRequest request)
    {
        layout.TargetCount.ShouldBe(logProbs.Length);
        return new TokenReadout(tensor(logProbs));
    }
}
