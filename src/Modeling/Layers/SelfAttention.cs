using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Grouped-query self-attention with rotary positions over flat tokens.</summary>
/// <param name="layer">How the layer scores and what it sees.</param>
/// <param name="options">The decoder's shape.</param>
/// <param name="inputs">Queries, keys, values.</param>
/// <param name="output">Back to the residual stream.</param>
/// <param name="queryNorm">Norm of each query head; null = none.</param>
/// <param name="keyNorm">Norm of each key head; null = none.</param>
internal sealed class SelfAttention(AttentionLayer layer, DecoderOptions options, Projection inputs, LinearLayer output, RmsNorm? queryNorm, RmsNorm? keyNorm)
{
    public IEnumerable<LinearLayer> Linears => [.. inputs.Linears, output];

    public IEnumerable<ModelParameter> Norms => new[] { queryNorm?.Weight, keyNorm?.Weight }.OfType<ModelParameter>();

    /// <summary>Mixes tokens.</summary>
    /// <param name="x">[N, H].</param>
    /// <param name="pass">The pass.</param>
    /// <returns>[N, H].</returns>
    public Tensor Forward(Tensor x, LayerPass pass)
    {
        var n = x.shape[0];
        var parts = inputs.Forward(x, pass);
        var q = parts[0].reshape([n, options.HeadCount, options.HeadDimension]);
        var k = parts[1].reshape([n, options.KeyValueHeadCount, options.HeadDimension]);
        var v = parts[2].reshape([n, options.KeyValueHeadCount, options.HeadDimension]);
        if (queryNorm is not null)
            q = queryNorm.Forward(q);
        if (keyNorm is not null)
            k = keyNorm.Forward(k);
        var rotation = layer.Windowed ? pass.WindowRotation : pass.Rotation;
        var mixed = pass.Attention.Attend(layer, rotation.Apply(q), rotation.Apply(k), v);
        return output.Forward(mixed.view([n, options.HeadCount * options.HeadDimension]), pass.Compute, pass.Adapter, pass.Dropout);
    }
}
