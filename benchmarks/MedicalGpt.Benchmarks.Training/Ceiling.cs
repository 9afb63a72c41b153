using System.Diagnostics;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Benchmarks;

/// <summary>The time of a step's matrix products alone, measured one by one: no step can be faster.</summary>
/// <param name="step">The step.</param>
/// <param name="format">Format of the products.</param>
/// <param name="recompute">True = each layer's forward products are done twice (gradient checkpointing).</param>
internal sealed class Ceiling(StepCase step, ScalarType format, bool recompute)
{
    private const int Repeats = 2;

    /// <summary>Seconds of all products of a LoRA step: each layer's forward and the gradient of its input, the head's forward and the gradient of its input.</summary>
    public double Seconds()
    {
        var shape = step.Shape;
        long n = (long)step.Rows * step.Tokens, h = shape.HiddenSize, q = (long)shape.HeadCount * shape.HeadDimension, k = (long)shape.KeyValueHeadCount * shape.HeadDimension, i = shape.IntermediateSize;
        var products = new (long Out, long In, int Times)[] { (q, h, 1), (k, h, 2), (h, q, 1), (i, h, 2), (h, i, 1) };
        var layer = products.Sum(m => m.Times * ((recompute ? 2 : 1) * Forward(n, m.In, m.Out) + Backward(n, m.In, m.Out)));
        var read = (long)step.Rows * step.Learned;
        return shape.LayerCount * layer + Forward(read, h, shape.VocabularySize) + Backward(read, h, shape.VocabularySize);
    }

    /// <summary>Products of 512 rows, 10⁹ operations per second.</summary>
    public double Rate() => 2.0 * 512 * 896 * 4864 / Forward(512, 896, 4864) / 1e9;

    private double Forward(long rows, long inputs, long outputs) => Time(rows, inputs, outputs, inputs, (x, w) => nn.functional.linear(x, w));

    private double Backward(long rows, long inputs, long outputs) => Time(rows, inputs, outputs, outputs, (y, w) => y.matmul(w));

    // Mean of some runs behind one that is not counted.
    private double Time(long rows, long inputs, long outputs, long width, Func<Tensor, Tensor, Tensor> product)
    {
        using var scope = NewDisposeScope();
        var x = ones([rows, width], format);
        var w = ones([outputs, inputs], format);
        product(x, w).Dispose();
        var clock = Stopwatch.StartNew();
        for (var repeat = 0; repeat < Repeats; repeat++)
            product(x, w).Dispose();
        return clock.Elapsed.TotalSeconds / Repeats;
    }
}
