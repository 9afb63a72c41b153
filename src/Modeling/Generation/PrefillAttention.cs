using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Segment attention that hands every layer's keys and values to a cache.</summary>
internal sealed class PrefillAttention(AttentionPlan plan, Action<int, Tensor, Tensor> record) : IAttention
{
    public IReadOnlyList<Tensor> Tensors => plan.Tensors;

    public IAttention With(ReadOnlySpan<Tensor> tensors) => new PrefillAttention(plan.With(tensors), record);

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        record(layer, key, value);
        return GroupedAttention.Forward(plan, query, key, value);
    }
}
