using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>x + attention(norm(x)), then y + mlp(norm(y)).</summary>
internal sealed class DecoderLayer(RmsNorm inputNorm, SelfAttention attention, RmsNorm postAttentionNorm, GatedMlp mlp, ModelParameter[] norms)
{
    public IEnumerable<LinearLayer> Linears => [.. attention.Linears, .. mlp.Linears];

    public IEnumerable<ModelParameter> Parameters => [.. norms, .. Linears.SelectMany(l => l.Parameters)];

    /// <summary>One layer.</summary>
    /// <param name="x">[N, H].</param>
    /// <param name="pass">The pass.</param>
    /// <returns>[N, H].</returns>
    public Tensor Forward(Tensor x, LayerPass pass)
    {
        var y = x.add(attention.Forward(inputNorm.Forward(x), pass));
        return y.add(mlp.Forward(postAttentionNorm.Forward(y), pass));
    }
}
