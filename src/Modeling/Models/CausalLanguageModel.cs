using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A decoder with a language-model head.</summary>
public sealed class CausalLanguageModel : TransformerModel, ICausalModel
{
    internal CausalLanguageModel(ModelConfig config, IModelFamily family, Decoder decoder, LinearLayer head)
        : base(config, family, decoder, head)
    {
    }

    /// <inheritdoc/>
    public int VocabularySize => Options.VocabularySize;

    /// <inheritdoc/>
    public TokenReadout Read(SequenceLayout layout, ReadoutRequest request)
    {
        using var scope = NewDisposeScope();
        var targets = tensor(layout.TargetIds).to(Device);
        var head = new TokenHead(Head, Precision.Compute, Run.Adapter, request, Options.LogitSoftCap);
        var states = States(layout, layout.TargetSources);
        var readout = is_grad_enabled() ? new TokenHeadFunction(head, targets, request).Read(states) : head.Forward(states, targets, false).Readout;
        readout.LogProbs.MoveToOuterDisposeScope();
        readout.Entropy?.MoveToOuterDisposeScope();
        readout.Correct?.MoveToOuterDisposeScope();
        readout.MeanLogit?.MoveToOuterDisposeScope();
        return readout;
    }

    /// <summary>Raw next-token logits of some tokens; makes [K, V], so ask for few at a time.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="tokens">Flat indices of the tokens after which to predict, [K].</param>
    /// <returns>fp32 [K, V].</returns>
    public Tensor Logits(SequenceLayout layout, IReadOnlyList<long> tokens)
    {
        using var scope = NewDisposeScope();
        return HeadLogits(States(layout, tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>The head on normalised states.</summary>
    internal Tensor HeadLogits(Tensor states) => TokenHead.Capped(Head.Forward(states, Precision.Compute, Run.Adapter, false).to(ScalarType.Float32), Options.LogitSoftCap);
}
