using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>What every layer of one forward pass shares.</summary>
/// <param name="Attention">How tokens see each other.</param>
/// <param name="Cosines">cos of the rotation angles in the compute format, [N, 1, D].</param>
/// <param name="Sines">sin of the rotation angles, negated in the first half of a head, [N, 1, D].</param>
/// <param name="Compute">Format of matrix products.</param>
/// <param name="Dropout">True = dropout is active.</param>
/// <param name="Adapter">True = LoRA branches take part.</param>
internal sealed record LayerPass(IAttention Attention, Tensor Cosines, Tensor Sines, ScalarType Compute, bool Dropout, bool Adapter)
{
    /// <summary>Its tensors, so that a graph node can keep them.</summary>
    public Tensor[] Tensors => [Cosines, Sines, .. Attention.Tensors];

    /// <summary>The same pass with the tensors that a graph node kept.</summary>
    public LayerPass With(ReadOnlySpan<Tensor> tensors) => this with { Cosines = tensors[0], Sines = tensors[1], Attention = Attention.With(tensors[2..]) };
}
