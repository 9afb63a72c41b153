using MedicalGpt.Tests;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>Comparison with |a − b| ≤ atol + rtol |b|. The fixtures allow values 2e-6 + 1e-5 |b| and gradients 2e-6 + 1e-4 |b|; these are ten times tighter, down to fp32 rounding.</summary>
public static class Near
{
    public static void Values(Tensor actual, GoldenTensor expected, string what = "value") => Compare(TensorValues.Doubles(actual), expected.F, 5e-7, 1e-6, what);

    public static void Values(IEnumerable<double> actual, IEnumerable<float> expected, string what = "value") => Compare([.. actual], [.. expected], 5e-7, 1e-6, what);

    public static void Value(double actual, double expected, string what = "value") => Compare([actual], [(float)expected], 5e-7, 1e-6, what);

    public static void Gradient(Tensor actual, GoldenTensor expected, string what = "gradient") => Compare(TensorValues.Doubles(actual), expected.F, 2e-7, 1e-5, what);

    public static void Compare(double[] actual, float[] expected, double absolute, double relative, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (var i = 0; i < actual.Length; i++)
        {
            var allowed = TestDevice.ToleranceFactor * (absolute + (relative * Math.Abs(expected[i])));
            Math.Abs(actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(allowed, $"{what}[{i}]: {actual[i]:R} against {expected[i]:R}");
        }
    }
}
