using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Segment attention that hands every layer's keys and values to a cache.</summary>
internal sealed class PrefillAttention(SegmentAttention attention, Action<int, Tensor, Tensor> record) : IAttention
{
    public IReadOnlyList<Tensor> Tensors => attention.Tensors;

    public IAttention With(ReadOnlySpan<Tensor> tensors) => new PrefillAttention(attention.Again(tensors), record);

    public Tensor Attend(AttentionLayer layer, Tensor query, Tensor key, Tensor value)
    {
        record(layer.Index, key, value);
        return attention.Attend(layer, query, key, value);
    }
}
