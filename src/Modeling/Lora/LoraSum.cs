using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// y + s · (x Aᵀ) Bᵀ as one node of the graph, in fp32 inside. It keeps x in its own format, which the other branches of the same input share, and x Aᵀ, [N, r]:
/// plain operators would keep an fp32 copy of x for every branch, and write the branch's result before it is added.
/// </summary>
/// <param name="scale">s.</param>
internal sealed class LoraSum(double scale) : DifferentiableFunction
{
    /// <summary>The sum.</summary>
    /// <param name="y">[N, out].</param>
    /// <param name="x">[N, in].</param>
    /// <param name="a">A, fp32 [r, in].</param>
    /// <param name="b">B, fp32 [out, r].</param>
    /// <param name="scale">s.</param>
    /// <returns>[N, out] in the format of y.</returns>
    public static Tensor Run(Tensor y, Tensor x, Tensor a, Tensor b, double scale)
    {
        var node = new LoraSum(scale);
        return is_grad_enabled() ? node.Apply(y, x, a, b)[0] : node.Add(y, Narrow(x, a), b);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        var narrow = Narrow(inputs[1], inputs[2]);
        context.Save(inputs[1], inputs[2], inputs[3], narrow);
        return [Add(inputs[0], narrow, inputs[3])];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return [null, null, null, null];
        using var scope = NewDisposeScope();
        var (x, a, b, narrow) = (saved[0], saved[1], saved[2], saved[3]);
        var wide = gradient.to(ScalarType.Float32);
        var byNarrow = wide.matmul(b).mul_(scale);
        var byA = byNarrow.t().matmul(x.to(ScalarType.Float32));
        var byB = wide.t().matmul(narrow).mul_(scale);
        var byX = byNarrow.matmul(a).to(x.dtype);
        return [gradient, byX.MoveToOuterDisposeScope(), byA.MoveToOuterDisposeScope(), byB.MoveToOuterDisposeScope()];
    }

    private static Tensor Narrow(Tensor x, Tensor a)
    {
        using var still = no_grad();
        using var scope = NewDisposeScope();
        return nn.functional.linear(x.to(ScalarType.Float32), a).MoveToOuterDisposeScope();
    }

    private Tensor Add(Tensor y, Tensor narrow, Tensor b)
    {
        using var still = no_grad();
        using var scope = NewDisposeScope();
        var sum = y.dtype == ScalarType.Float32 ? y.addmm(narrow, b.t(), 1, (float)scale) : y.add(narrow.matmul(b.t()).to(y.dtype), scale);
        return sum.MoveToOuterDisposeScope();
    }
}
