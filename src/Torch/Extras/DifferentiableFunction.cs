using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>
/// A function with a backward of its own. Trainable parameters that forward uses must be among the inputs: a captured one never
/// learns when no other input requires a gradient. An instance is used for one call.
/// </summary>
public abstract class DifferentiableFunction
{
    /// <summary>Runs forward (grad mode off) and records backward in the graph.</summary>
    public Tensor[] Apply(params Tensor[] inputs) => ManagedFunction.Apply(this, inputs);

    /// <summary>Computes the outputs. Runs in its own scope; what it returns or saves survives.</summary>
    protected internal abstract IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context);

    /// <summary>Gradients of the inputs (null where none), one per input, from those of the outputs (null where undefined) and the saved tensors.</summary>
    protected internal abstract IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved);
}
