using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>x + attention(norm(x)), then y + mlp(norm(y)); with sandwich norms each branch is normalised behind, too.</summary>
/// <param name="index">Index of the layer.</param>
/// <param name="attention">Mixes tokens.</param>
/// <param name="mlp">Works on each token.</param>
/// <param name="before">Norms before attention and before the MLP.</param>
/// <param name="behind">Norms behind them; null = none.</param>
internal sealed class DecoderLayer(int index, SelfAttention attention, GatedMlp mlp, (RmsNorm Attention, RmsNorm Mlp) before, (RmsNorm Attention, RmsNorm Mlp)? behind)
{
    public IEnumerable<LinearLayer> Linears => [.. attention.Linears, .. mlp.Linears];

    public IEnumerable<ModelParameter> Parameters => [.. MixParameters, .. WorkParameters];

    private IEnumerable<ModelParameter> MixParameters =>
        [before.Attention.Weight, .. behind is { } norms ? [norms.Attention.Weight] : Array.Empty<ModelParameter>(), .. attention.Norms, .. attention.Linears.SelectMany(l => l.Parameters)];

    private IEnumerable<ModelParameter> WorkParameters =>
        [before.Mlp.Weight, .. behind is { } norms ? [norms.Mlp.Weight] : Array.Empty<ModelParameter>(), .. mlp.Linears.SelectMany(l => l.Parameters)];

    /// <summary>One layer.</summary>
    /// <param name="x">[N, H].</param>
    /// <param name="pass">The pass.</param>
    /// <param name="checkpointing">What backward computes again; null = nothing.</param>
    /// <returns>[N, H].</returns>
    public Tensor Forward(Tensor x, LayerPass pass, Checkpointing? checkpointing)
    {
        if (Covers(CheckpointedPart.Layer))
            return Recomputation.Run(new LayerPart((input, again) => Work(Mix(input, again), again), Parameters), x, pass);
        var y = Covers(CheckpointedPart.Attention) ? Recomputation.Run(new LayerPart(Mix, MixParameters), x, pass) : Mix(x, pass);
        return Covers(CheckpointedPart.Mlp) ? Recomputation.Run(new LayerPart(Work, WorkParameters), y, pass) : Work(y, pass);

        bool Covers(CheckpointedPart part) => checkpointing?.Covers(index, part) == true && is_grad_enabled();
    }

    private Tensor Mix(Tensor x, LayerPass pass)
    {
        var mixed = attention.Forward(before.Attention.Forward(x), pass);
        return x.add(behind is null ? mixed : behind.Value.Attention.Forward(mixed));
    }

    private Tensor Work(Tensor y, LayerPass pass)
    {
        var worked = mlp.Forward(before.Mlp.Forward(y), pass);
        return y.add(behind is null ? worked : behind.Value.Mlp.Forward(worked));
    }
}
