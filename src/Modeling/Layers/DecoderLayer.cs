using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>x + attention(norm(x)), then y + mlp(norm(y)); with sandwich norms each branch is normalised behind, too.</summary>
/// <param name="attention">Mixes tokens.</param>
/// <param name="mlp">Works on each token.</param>
/// <param name="before">Norms before attention and before the MLP.</param>
/// <param name="behind">Norms behind them; null = none.</param>
/// <param name="norms">Weights of all norms of the layer.</param>
internal sealed class DecoderLayer(SelfAttention attention, GatedMlp mlp, (RmsNorm Attention, RmsNorm Mlp) before, (RmsNorm Attention, RmsNorm Mlp)? behind, ModelParameter[] norms)
{
    public IEnumerable<LinearLayer> Linears => [.. attention.Linears, .. mlp.Linears];

    public IEnumerable<ModelParameter> Parameters => [.. norms, .. Linears.SelectMany(l => l.Parameters)];

    /// <summary>One layer.</summary>
    /// <param name="x">[N, H].</param>
    /// <param name="pass">The pass.</param>
    /// <returns>[N, H].</returns>
    public Tensor Forward(Tensor x, LayerPass pass)
    {
        var mixed = attention.Forward(before.Attention.Forward(x), pass);
        var y = x.add(behind is null ? mixed : behind.Value.Attention.Forward(mixed));
        var worked = mlp.Forward(before.Mlp.Forward(y), pass);
        return y.add(behind is null ? worked : behind.Value.Mlp.Forward(worked));
    }
}
