using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// A <see cref="LoraProduct"/> of x = act(gate) · up as one node of the graph. It keeps gate and up, and multiplies them again in backward,
/// so that one tensor of the MLP's width per layer less is kept.
/// </summary>
/// <param name="product">The layer behind the gate.</param>
/// <param name="activation">act.</param>
internal sealed class GatedLoraLinear(LoraProduct product, Activation activation) : DifferentiableFunction
{
    /// <summary>The layer.</summary>
    /// <param name="gate">[N, in].</param>
    /// <param name="up">[N, in].</param>
    /// <param name="activation">act.</param>
    /// <param name="product">The layer's weights.</param>
    /// <returns>[N, out].</returns>
    public static Tensor Run(Tensor gate, Tensor up, Activation activation, LoraProduct product) =>
        is_grad_enabled() ? new GatedLoraLinear(product, activation).Apply([gate, up, .. product.Parameters])[0] : LoraLinear.Run(GatedProduct.Multiply(gate, up, activation), product);

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        var (gate, up) = (inputs[0], inputs[1]);
        var (y, kept) = product.Forward(GatedProduct.Multiply(gate, up, activation));
        context.Save([gate, up, .. kept]);
        return [y];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return [null, null, .. product.Parameters.Select(_ => (Tensor?)null)];
        using var scope = NewDisposeScope();
        var (gate, up) = (saved[0], saved[1]);
        var x = GatedProduct.Multiply(gate, up, activation);
        var (byX, byParameters) = product.Backward(gradient, x, saved.AsSpan(2), true);
        x.Dispose();
        var (byGate, byUp) = GatedProduct.Derive(byX!, gate, up, activation);
        return [byGate.MoveToOuterDisposeScope(), byUp.MoveToOuterDisposeScope(), .. byParameters.Select(p => p?.MoveToOuterDisposeScope())];
    }
}
