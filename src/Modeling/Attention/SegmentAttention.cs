using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Every token sees its own segment up to itself and the segment's ancestors.</summary>
internal sealed class SegmentAttention(AttentionPlan plan) : IAttention
{
    public IReadOnlyList<Tensor> Tensors => plan.Tensors;

    public IAttention With(ReadOnlySpan<Tensor> tensors) => new SegmentAttention(plan.With(tensors));

    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value) => is_grad_enabled() && (query.requires_grad || key.requires_grad || value.requires_grad)
        ? new SegmentAttentionFunction(plan).Apply(query, key, value)[0]
        : GroupedAttention.Forward(plan, query, key, value);
}
