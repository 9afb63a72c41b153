using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Numerics;

/// <summary>Reductions of flat token values over the sequences they belong to.</summary>
public static class SegmentMath
{
    /// <summary>Sums values by owner. Differentiable in <paramref name="values"/>.</summary>
    /// <param name="values">Token values, [M].</param>
    /// <param name="owners">Owner of each token, int64 [M], in 0 … <paramref name="count"/> − 1.</param>
    /// <param name="count">Number of owners, S.</param>
    /// <returns>[S]; 0 for an owner without tokens.</returns>
    public static Tensor Sum(Tensor values, Tensor owners, long count)
    {
        var zero = zeros(new[] { count }, dtype: values.dtype, device: values.device);
        return zero.index_add(0, owners, values, 1);
    }

    /// <summary>Gives every token its owner's value. Differentiable in <paramref name="perOwner"/>.</summary>
    /// <param name="perOwner">[S].</param>
    /// <param name="owners">int64 [M].</param>
    /// <returns>[M].</returns>
    public static Tensor Spread(Tensor perOwner, Tensor owners) => perOwner.index_select(0, owners);
}
