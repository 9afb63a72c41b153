using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Which keys a token sees.</summary>
internal interface IAttention
{
    /// <summary>Index tensors it works with, so that a graph node can keep them.</summary>
    IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The same with the tensors that a graph node kept.</summary>
    IAttention With(ReadOnlySpan<Tensor> tensors);

    /// <summary>Softmax attention of one layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="query">[N, heads, D], rotated.</param>
    /// <param name="key">[N, key/value heads, D], rotated.</param>
    /// <param name="value">[N, key/value heads, D].</param>
    /// <returns>[N, heads, D].</returns>
    Tensor Attend(AttentionLayer layer, Tensor query, Tensor key, Tensor value);
}
