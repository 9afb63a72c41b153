using System.Diagnostics;
using MedicalGpt.Modeling;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Benchmarks;

/// <summary>The time of a step's matrix products alone, measured one by one: no step can be faster.</summary>
internal static class Ceiling
{
    /// <summary>Seconds of all products of a LoRA step: each layer's forward and the gradient of its input, the head's forward, its repetition in backward and the gradient of its input.</summary>
    public static double Seconds(StepCase step, ScalarType format, bool recompute)
    {
        var shape = step.Shape;
        long n = (long)step.Rows * step.Tokens, h = shape.HiddenSize, q = (long)shape.HeadCount * shape.HeadDimension, k = (long)shape.KeyValueHeadCount * shape.HeadDimension, i = shape.IntermediateSize;
        var layer = new (long Out, long In)[] { (q, h), (k, h), (k, h), (h, q), (i, h), (i, h), (h, i) }.Sum(m => (recompute ? 2 : 1) * Forward(n, m.In, m.Out, format) + Backward(n, m.In, m.Out, format));
        var read = (long)step.Rows * step.Learned;
        return shape.LayerCount * layer + 2 * Forward(read, h, shape.VocabularySize, format) + Backward(read, h, shape.VocabularySize, format);
    }

    /// <summary>fp32 products of 512 rows, 10⁹ operations per second.</summary>
    public static double Rate(ScalarType format) => 2.0 * 512 * 896 * 4864 / Forward(512, 896, 4864, format) / 1e9;

    private static double Forward(long rows, long inputs, long outputs, ScalarType format) => Best(randn(rows, inputs).to(format), randn(outputs, inputs).to(format), (x, w) => nn.functional.linear(x, w));

    private static double Backward(long rows, long inputs, long outputs, ScalarType format) => Best(randn(rows, outputs).to(format), randn(outputs, inputs).to(format), (y, w) => y.matmul(w));

    private static double Best(Tensor x, Tensor w, Func<Tensor, Tensor, Tensor> product)
    {
        using (x)
        using (w)
        {
            var best = double.MaxValue;
            for (var repeat = 0; repeat < 4; repeat++)
            {
                var clock = Stopwatch.StartNew();
                product(x, w).Dispose();
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
            }

            return best;
        }
    }
}
