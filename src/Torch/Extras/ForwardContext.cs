using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>What a forward tells about its results.</summary>
public sealed class ForwardContext
{
    internal List<Tensor> Saved { get; } = [];

    internal List<Tensor> NotDifferentiable { get; } = [];

    /// <summary>Keeps tensors (inputs, outputs or others) for backward, without reference cycles; they are freed when backward is done.</summary>
    public void Save(params ReadOnlySpan<Tensor> tensors) => Saved.AddRange(tensors);

    /// <summary>Marks an output that has no gradient.</summary>
    public void MarkNotDifferentiable(Tensor output) => NotDifferentiable.Add(output);
}
