using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// act(gate) · up as one node of the graph. It keeps gate and up only: the activation is computed again in backward, which costs less than
/// writing and reading a third tensor of the MLP's width.
/// </summary>
/// <param name="activation">act.</param>
internal sealed class GatedProduct(Activation activation) : DifferentiableFunction
{
    /// <summary>The product.</summary>
    /// <param name="gate">[N, I].</param>
    /// <param name="up">[N, I].</param>
    /// <param name="activation">act.</param>
    /// <returns>[N, I].</returns>
    public static Tensor Run(Tensor gate, Tensor up, Activation activation) =>
        is_grad_enabled() && (gate.requires_grad || up.requires_grad) ? new GatedProduct(activation).Apply(gate, up)[0] : Multiply(gate, up, activation);

    /// <summary>The product, without graph.</summary>
    /// <param name="gate">[N, I].</param>
    /// <param name="up">[N, I].</param>
    /// <param name="activation">act.</param>
    /// <returns>[N, I].</returns>
    public static Tensor Multiply(Tensor gate, Tensor up, Activation activation)
    {
        using var still = no_grad();
        return activation.Of(gate).mul_(up);
    }

    /// <summary>The derivative.</summary>
    /// <param name="gradient">Derivative by the product, [N, I].</param>
    /// <param name="gate">[N, I].</param>
    /// <param name="up">[N, I].</param>
    /// <param name="activation">act.</param>
    /// <returns>Derivatives by gate and up.</returns>
    public static (Tensor ByGate, Tensor ByUp) Derive(Tensor gradient, Tensor gate, Tensor up, Activation activation)
    {
        using var scope = NewDisposeScope();
        var byUp = activation.Of(gate).mul_(gradient);
        var byGate = activation.Derive(gradient.mul(up), gate);
        return (byGate.MoveToOuterDisposeScope(), byUp.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        context.Save(inputs);
        return [Multiply(inputs[0], inputs[1], activation)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return [null, null];
        var (byGate, byUp) = Derive(gradient, saved[0], saved[1], activation);
        return [byGate, byUp];
    }
}
