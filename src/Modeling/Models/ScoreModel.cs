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

    /// <summary>Refuses a model whose scores mean nothing.</summary>
    /// <param name="place">What named it.</param>
    /// <param name="given">The folder, where <paramref name="place"/> is an option.</param>
    /// <exception cref="MedicalGptException"><see cref="IsUntrained"/>.</exception>
    public void RequireHead(string place, string? given = null)
    {
        if (IsUntrained)
            throw new MedicalGptException("The model is no reward model: it has no score head.") { Place = place, Given = given, Allowed = $"a folder of a {Family.ScoreArchitecture}, or an adapter that brings the head", Remedy = "train one with medgpt train rm" };
    }

    /// <inheritdoc/>
    public Tensor Score(SequenceLayout layout, IReadOnlyList<long> tokens)
    {
        using var scope = NewDisposeScope();
        return Head.Forward(States(layout, tokens).to(ScalarType.Float32), ScalarType.Float32, Run.Adapter, Run.Dropout).squeeze(-1).MoveToOuterDisposeScope();
    }
}
