using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Rotation of queries and keys by the positions of a pass; the first r elements of a head are rotated.</summary>
/// <param name="Cosines">cos of the angles in the compute format, [N, 1, r].</param>
/// <param name="Sines">sin of the angles, negated in the first half, [N, 1, r].</param>
internal sealed record Rotation(Tensor Cosines, Tensor Sines)
{
    /// <summary>Rotates heads.</summary>
    /// <param name="x">[N, heads, D].</param>
    /// <returns>[N, heads, D].</returns>
    public Tensor Apply(Tensor x)
    {
        var (rotary, width) = (Cosines.shape[2], x.shape[2]);
        return rotary == width
            ? Rotate(x, rotary)
            : cat([Rotate(x.narrow(-1, 0, rotary), rotary), x.narrow(-1, rotary, width - rotary)], -1);
    }

    // rotate_half(x) · sin = (x rolled by half its width) · (sin with its first half negated).
    private Tensor Rotate(Tensor x, long width) => x.mul(Cosines).addcmul(x.roll(width / 2, -1), Sines, 1);
}
