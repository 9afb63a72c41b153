using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Root-mean-square norm over the last dimension, computed in fp32 (Zhang and Sennrich 2019, arXiv:1910.07467).</summary>
internal sealed class RmsNorm(ModelParameter weight, double epsilon)
{
    public ModelParameter Weight { get; } = weight;

    public Tensor Forward(Tensor x)
    {
        var wide = x.dtype == ScalarType.Float32 ? x : x.to(ScalarType.Float32);
        var scale = wide.pow(2).mean([-1], true).add(epsilon).rsqrt();
        var normed = wide.mul(scale);
        return (x.dtype == ScalarType.Float32 ? normed : normed.to(x.dtype)).mul(Weight.In(x.dtype));
    }
}
