using MedicalGpt.Tests;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Comparisons that name the worst element.</summary>
internal static class Check
{
    public static void Close(Tensor actual, Tensor expected, double absolute, double relative, string what)
    {
        using var scope = NewDisposeScope();
        actual.shape.ShouldBe(expected.shape, what);
        var (a, b) = (Host(actual), Host(expected));
        var worst = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = Math.Abs(a[i] - b[i]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference / (absolute + relative * Math.Abs(b[i])));
        }

        worst.ShouldBeLessThanOrEqualTo(TestDevice.ToleranceFactor, $"{what}: the worst error in units of the tolerance {absolute} + {relative} · |expected|");
        Worst(what, worst);
    }

    public static float[] Host(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    public static long[] Longs(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }

    private static void Worst(string what, double ratio) => Console.WriteLine($"{what}: worst error {ratio:P1} of its tolerance");
}
