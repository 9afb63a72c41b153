using MedicalGpt.Tests;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Support;

public sealed record GoldenTensor(long[] Shape, float[]? Floats, long[]? Integers)
{
    public float[] F => Floats ?? throw new InvalidOperationException("holds integers");

    public long[] I => Integers ?? throw new InvalidOperationException("holds floats");

    public int Rows => (int)Shape[0];

    public int Columns => (int)Shape[1];

    public Tensor Tensor(bool grad = false)
    {
        var values = (Floats is null ? tensor(I) : tensor(F)).reshape(Shape).to(TestDevice.Device);
        return grad ? values.requires_grad_() : values;
    }

    public float[] Row(int row) => F[(row * Columns)..((row + 1) * Columns)];

    public long[] IntegerRow(int row) => I[(row * Columns)..((row + 1) * Columns)];
}
