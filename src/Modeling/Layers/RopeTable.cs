using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Rotation angles of positions, computed in fp32 as transformers does.</summary>
internal sealed class RopeTable(RopeOptions options, int headDimension)
{
    private readonly float[] frequencies = [.. options.InverseFrequencies(headDimension).Select(f => (float)f)];

    /// <summary>cos, and sin negated in the first half of a head.</summary>
    /// <param name="positions">[N].</param>
    /// <param name="format">Compute format.</param>
    /// <param name="device">Where.</param>
    /// <returns>Two tensors [N, 1, D].</returns>
    public (Tensor Cosines, Tensor Sines) At(long[] positions, ScalarType format, Device device)
    {
        using var scope = NewDisposeScope();
        var angles = tensor(positions).to(ScalarType.Float32).view([positions.Length, 1, 1]).mul(tensor(frequencies).view([1, 1, frequencies.Length])).to(device);
        var (cosine, sine) = (angles.cos(), angles.sin());
        return (cat([cosine, cosine], -1).to(format).MoveToOuterDisposeScope(), cat([sine.neg(), sine], -1).to(format).MoveToOuterDisposeScope());
    }
}
