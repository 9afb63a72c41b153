using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A decoder with a one-label head (transformers' sequence classification with <c>num_labels</c> 1): a reward model or a value model.</summary>
public sealed class ScoreModel : TransformerModel, IScoreModel
{
    internal ScoreModel(ModelConfig config, IModelFamily family, Decoder decoder, LinearLayer head)
        : base(config, family, decoder, head)
    {
    }

    /// <summary>True when the head was not in the files and was drawn fresh.</summary>
    public bool FreshHead { get; internal set; }

    /// <summary>True when neither the folder nor an adapter brought a score head: its scores mean nothing before training.</summary>
    public bool IsUntrained => FreshHead && !Adapters.Any(a => a.Options.ModulesToSave.Contains("score"));

    /// <inheritdoc/>
    public Tensor Score(SequenceLayout layout, IReadOnlyList<long> tokens)
    {
        using var scope = NewDisposeScope();
        return Head.Forward(States(layout, tokens).to(ScalarType.Float32), ScalarType.Float32, Run.Adapter, Run.Dropout).squeeze(-1).MoveToOuterDisposeScope();
    }
}
