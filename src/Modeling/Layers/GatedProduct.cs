using MedicalGpt.Torch;
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
    public static Tensor Run(Tensor gate, Tensor up, Activation activation)
    {
        var node = new GatedProduct(activation);
        return is_grad_enabled() && (gate.requires_grad || up.requires_grad) ? node.Apply(gate, up)[0] : node.Multiply(gate, up);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        context.Save(inputs);
        return [Multiply(inputs[0], inputs[1])];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return [null, null];
        using var scope = NewDisposeScope();
        var (gate, up) = (saved[0], saved[1]);
        var byUp = Activate(gate).mul_(gradient);
        var byGate = Derive(gradient.mul(up), gate);
        return [byGate.MoveToOuterDisposeScope(), byUp.MoveToOuterDisposeScope()];
    }

    private Tensor Multiply(Tensor gate, Tensor up)
    {
        using var still = no_grad();
        return Activate(gate).mul_(up);
    }

    private Tensor Activate(Tensor gate) => activation switch
    {
        Activation.Silu => nn.functional.silu(gate),
        Activation.Gelu => nn.functional.gelu(gate),
        Activation.GeluTanh => Activations.GeluTanh(gate),
        _ => throw Unknown(),
    };

    private Tensor Derive(Tensor gradient, Tensor gate) => activation switch
    {
        Activation.Silu => Activations.SiluBackward(gradient, gate),
        Activation.Gelu or Activation.GeluTanh => Activations.GeluBackward(gradient, gate, activation == Activation.GeluTanh),
        _ => throw Unknown(),
    };

    private InvalidOperationException Unknown() => new($"no activation {activation}");
}
