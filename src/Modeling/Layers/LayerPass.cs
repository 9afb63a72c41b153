using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>What every layer of one forward pass shares.</summary>
/// <param name="Attention">How tokens see each other.</param>
/// <param name="Rotation">Rotary positions.</param>
/// <param name="WindowRotation">Rotary positions of layers with a sliding window; the same object where there is one kind.</param>
/// <param name="Compute">Format of matrix products.</param>
/// <param name="Dropout">True = dropout is active.</param>
/// <param name="Adapter">True = LoRA branches take part.</param>
internal sealed record LayerPass(IAttention Attention, Rotation Rotation, Rotation WindowRotation, ScalarType Compute, bool Dropout, bool Adapter)
{
    /// <summary>Its tensors, so that a graph node can keep them.</summary>
    public Tensor[] Tensors => ReferenceEquals(Rotation, WindowRotation)
        ? [Rotation.Cosines, Rotation.Sines, .. Attention.Tensors]
        : [Rotation.Cosines, Rotation.Sines, WindowRotation.Cosines, WindowRotation.Sines, .. Attention.Tensors];

    /// <summary>The same pass with the tensors that a graph node kept.</summary>
    public LayerPass With(ReadOnlySpan<Tensor> tensors)
    {
        var first = new Rotation(tensors[0], tensors[1]);
        return ReferenceEquals(Rotation, WindowRotation)
            ? this with { Rotation = first, WindowRotation = first, Attention = Attention.With(tensors[2..]) }
            : this with { Rotation = first, WindowRotation = new Rotation(tensors[2], tensors[3]), Attention = Attention.With(tensors[4..]) };
    }
}
