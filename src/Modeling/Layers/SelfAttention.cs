using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Grouped-query self-attention with rotary positions over flat tokens.</summary>
internal sealed class SelfAttention(int layer, DecoderOptions options, LinearLayer query, LinearLayer key, LinearLayer value, LinearLayer output, RmsNorm? queryNorm, RmsNorm? keyNorm)
{
    public IEnumerable<LinearLayer> Linears => [query, key, value, output];

    /// <summary>Mixes tokens.</summary>
    /// <param name="x">[N, H].</param>
    /// <param name="pass">The pass.</param>
    /// <returns>[N, H].</returns>
    public Tensor Forward(Tensor x, LayerPass pass)
    {
        var n = x.shape[0];
        var q = query.Forward(x, pass.Compute, pass.Adapter, pass.Dropout).view([n, options.HeadCount, options.HeadDimension]);
        var k = key.Forward(x, pass.Compute, pass.Adapter, pass.Dropout).view([n, options.KeyValueHeadCount, options.HeadDimension]);
        var v = value.Forward(x, pass.Compute, pass.Adapter, pass.Dropout).view([n, options.KeyValueHeadCount, options.HeadDimension]);
        if (queryNorm is not null)
            q = queryNorm.Forward(q);
        if (keyNorm is not null)
            k = keyNorm.Forward(k);
        var mixed = pass.Attention.Attend(layer, Rotate(q, pass), Rotate(k, pass), v);
        return output.Forward(mixed.view([n, options.HeadCount * options.HeadDimension]), pass.Compute, pass.Adapter, pass.Dropout);
    }

    // rotate_half(x) · sin = (x rolled by half a head) · (sin with its first half negated).
    private Tensor Rotate(Tensor x, LayerPass pass) =>
        x.mul(pass.Cosines).addcmul(x.roll(options.HeadDimension / 2, -1), pass.Sines, 1);
}
