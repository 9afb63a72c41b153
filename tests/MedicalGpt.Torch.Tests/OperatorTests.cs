using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;
using F = MedicalGpt.Torch.torch.nn.functional;

namespace MedicalGpt.Torch.Tests;

/// <summary>Operators against hand algebra.</summary>
public sealed class OperatorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Matmul_of_2x3_and_3x2()
    {
        var a = torch.tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var b = torch.tensor(new float[,] { { 7, 8 }, { 9, 10 }, { 11, 12 } });
        // row 0: 7+18+33, 8+20+36; row 1: 28+45+66, 32+50+72
        a.matmul(b).data<float>().ToArray().ShouldBe([58f, 64f, 139f, 154f]);
    }

    [Fact]
    public void Arithmetic_with_scalars_on_both_sides()
    {
        var x = torch.tensor([1f, 2f, 4f]);
        (1 - x).data<float>().ToArray().ShouldBe([0f, -1f, -3f]);
        (8 / x).data<float>().ToArray().ShouldBe([8f, 4f, 2f]);
        (x * 2 + 1).data<float>().ToArray().ShouldBe([3f, 5f, 9f]);
        (x / 2).data<float>().ToArray().ShouldBe([0.5f, 1f, 2f]);
        (-x).data<float>().ToArray().ShouldBe([-1f, -2f, -4f]);
        x.add(x, alpha: 3).data<float>().ToArray().ShouldBe([4f, 8f, 16f]);
    }

    [Fact]
    public void Backward_of_sum_of_squares_is_twice_the_input()
    {
        var x = torch.tensor([1f, -2f, 3f], requires_grad: true);
        (x * x).sum().backward();
        x.grad!.data<float>().ToArray().ShouldBe([2f, -4f, 6f]);
    }

    [Fact]
    public void Linear_adds_bias_and_transposes_the_weight()
    {
        var x = torch.tensor(new float[,] { { 1, 2 } });
        var w = torch.tensor(new float[,] { { 3, 4 }, { 5, 6 }, { 7, 8 } });
        var b = torch.tensor([10f, 20f, 30f]);
        // 1*3+2*4+10, 1*5+2*6+20, 1*7+2*8+30
        F.linear(x, w, b).data<float>().ToArray().ShouldBe([21f, 37f, 53f]);
        F.linear(x, w).data<float>().ToArray().ShouldBe([11f, 17f, 23f]);
    }

    [Fact]
    public void Softmax_of_logarithms_gives_the_ratios()
    {
        var x = torch.tensor([0f, MathF.Log(2), MathF.Log(5)]);
        var p = x.softmax(0).data<float>().ToArray();
        p[0].ShouldBe(1 / 8f, 1e-6f);
        p[1].ShouldBe(2 / 8f, 1e-6f);
        p[2].ShouldBe(5 / 8f, 1e-6f);
        x.logsumexp(0).item<float>().ShouldBe(MathF.Log(8), 1e-6f);
    }

    [Fact]
    public void Cross_entropy_ignores_the_ignored()
    {
        var logits = torch.tensor(new float[,] { { 0, MathF.Log(3) }, { 0, 0 }, { 5, 5 } });
        var target = torch.tensor([1L, 0L, -100L]);
        // -(log 3/4 + log 1/2) / 2
        F.cross_entropy(logits, target).item<float>().ShouldBe(-(MathF.Log(0.75f) + MathF.Log(0.5f)) / 2, 1e-6f);
        F.cross_entropy(logits, target, reduction: nn.Reduction.Sum).item<float>().ShouldBe(-(MathF.Log(0.75f) + MathF.Log(0.5f)), 1e-6f);
    }

    [Fact]
    public void Max_and_topk_name_values_and_places()
    {
        var x = torch.tensor(new float[,] { { 1, 5, 3 }, { 9, 2, 4 } });
        var (values, indexes) = x.max(1);
        values.data<float>().ToArray().ShouldBe([5f, 9f]);
        indexes.data<long>().ToArray().ShouldBe([1L, 0L]);
        x.topk(2).indexes.data<long>().ToArray().ShouldBe([1L, 2L, 0L, 2L]);
    }

    [Fact]
    public void Cat_stack_split_and_reshape()
    {
        var a = torch.arange(4).reshape(2, 2);
        torch.cat([a, a], dim: 1).data<long>().ToArray().ShouldBe([0, 1, 0, 1, 2, 3, 2, 3]);
        torch.stack([a, a]).shape.ShouldBe([2, 2, 2]);
        a.split(1, 1)[1].data<long>().ToArray().ShouldBe([1, 3]);
        a.expand(3, -1, -1).shape.ShouldBe([3, 2, 2]);
        a.permute(1, 0).data<long>().ToArray().ShouldBe([0, 2, 1, 3]);
        a.sum([0L, 1L]).item<long>().ShouldBe(6);
        a.mean([0L], type: ScalarType.Float32).data<float>().ToArray().ShouldBe([1f, 2f]);
    }

    [Fact]
    public void An_error_names_operation_shapes_dtypes_and_reason()
    {
        var a = torch.zeros(2, 3);
        var b = torch.zeros([2, 3], ScalarType.Float64);
        var error = Should.Throw<TorchException>(() => a.mm(b));
        error.Operation.ShouldBe("aten::mm");
        error.Message.ShouldContain("self Float32[2, 3]");
        error.Message.ShouldContain("mat2 Float64[2, 3]");
        error.Message.ShouldContain("cannot be multiplied");
        error.Message.ShouldNotContain("Exception raised from");
        error.Message.ShouldNotContain("frame #");
    }
}
