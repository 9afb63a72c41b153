using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary><see cref="GroupedAttention"/> as a node of the graph; keeps queries, keys, values and the result, no probabilities.</summary>
internal sealed class SegmentAttentionFunction(AttentionPlan plan, AttentionLayer layer) : DifferentiableFunction
{
    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        var output = GroupedAttention.Forward(plan, layer, inputs[0], inputs[1], inputs[2]);
        context.Save([.. inputs, output, .. plan.Tensors]);
        return [output];
    }

    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return [null, null, null];
        ReadOnlySpan<Tensor> kept = saved.AsSpan(4);
        var (query, key, value) = GroupedAttention.Backward(plan.With(ref kept), layer, saved[0], saved[1], saved[2], saved[3], gradient.contiguous());
        return [query, key, value];
    }
}
