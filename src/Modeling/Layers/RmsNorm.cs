using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Root-mean-square norm over the last dimension, computed in fp32 (Zhang and Sennrich 2019, arXiv:1910.07467).</summary>
/// <param name="weight">[D].</param>
/// <param name="epsilon">Added to the mean square.</param>
/// <param name="offset">True = multiplies by 1 + weight, in fp32 (Gemma); false = by the weight, in the format of the input (Llama).</param>
internal sealed class RmsNorm(ModelParameter weight, double epsilon, bool offset)
{
    public ModelParameter Weight { get; } = weight;

    public Tensor Forward(Tensor x)
    {
        var wide = x.dtype == ScalarType.Float32 ? x : x.to(ScalarType.Float32);
        // Not mean(): libtorch 1.13 keeps the squares for its backward (docs/decisions.md). The sum divided has the same bits.
        var scale = wide.pow(2).sum([-1], true).div(wide.shape[^1]).add(epsilon).rsqrt();
        var normed = wide.mul(scale);
        if (offset)
        {
            var result = normed.mul(Weight.In(ScalarType.Float32).add(1));
            return x.dtype == ScalarType.Float32 ? result : result.to(x.dtype);
        }

        return (x.dtype == ScalarType.Float32 ? normed : normed.to(x.dtype)).mul(Weight.In(x.dtype));
    }
}
