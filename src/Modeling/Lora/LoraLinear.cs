using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// <see cref="LoraProduct"/> as one node of the graph. It keeps x in its own format, which all layers of the same input share: plain operators
/// would keep an fp32 copy of x for every branch, write each branch's result before it is added, and the derivatives by x one by one.
/// </summary>
/// <param name="product">The layer.</param>
internal sealed class LoraLinear(LoraProduct product) : DifferentiableFunction
{
    private bool inputLearns;

    /// <summary>The layer.</summary>
    /// <param name="x">[N, in].</param>
    /// <param name="product">Its weights.</param>
    /// <returns>[N, out].</returns>
    public static Tensor Run(Tensor x, LoraProduct product)
    {
        if (is_grad_enabled())
            return new LoraLinear(product).Apply([x, .. product.Parameters])[0];
        using var scope = NewDisposeScope();
        return product.Forward(x).Y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        inputLearns = inputs[0].requires_grad;
        var (y, kept) = product.Forward(inputs[0]);
        context.Save([inputs[0], .. kept]);
        return [y];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return [null, .. product.Parameters.Select(_ => (Tensor?)null)];
        var (byX, byParameters) = product.Backward(gradient, saved[0], saved.AsSpan(1), inputLearns);
        return [byX, .. byParameters];
    }
}
