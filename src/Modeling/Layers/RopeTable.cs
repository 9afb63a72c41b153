using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Rotation angles of positions, computed in fp32 as transformers does.</summary>
internal sealed class RopeTable(RopeOptions options, int headDimension)
{
    private readonly float[] frequencies = Frequencies(options, headDimension, 0);

    /// <summary>True when angles depend on the lengths of sequences, too.</summary>
    public bool DependsOnLength => options.Scaling is { DependsOnLength: true };

    /// <summary>The rotation of tokens.</summary>
    /// <param name="positions">[N].</param>
    /// <param name="lengths">Length of each token's sequence, [N]; null = position of the last token + 1 for all. Read only where <see cref="DependsOnLength"/>.</param>
    /// <param name="format">Compute format.</param>
    /// <param name="device">Where.</param>
    /// <returns>The rotation, in the caller's scope.</returns>
    public Rotation At(long[] positions, long[]? lengths, ScalarType format, Device device)
    {
        using var scope = NewDisposeScope();
        var steps = DependsOnLength ? ByLength(lengths ?? Same(positions)) : tensor(frequencies).view([1, 1, frequencies.Length]);
        var angles = tensor(positions).to(ScalarType.Float32).view([positions.Length, 1, 1]).mul(steps).to(device);
        var (cosine, sine) = (angles.cos(), angles.sin());
        if (options.Scaling?.AttentionFactor is { } factor and not 1.0)
            (cosine, sine) = (cosine.mul_(factor), sine.mul_(factor));
        return new Rotation(cat([cosine, cosine], -1).to(format).MoveToOuterDisposeScope(), cat([sine.neg(), sine], -1).to(format).MoveToOuterDisposeScope());
    }

    // [N, 1, r / 2].
    private Tensor ByLength(long[] lengths)
    {
        var scaling = options.Scaling!;
        var classes = lengths.Select(scaling.LengthClass).Distinct().ToArray();
        var table = tensor([.. classes.SelectMany(c => Frequencies(options, headDimension, c))], [classes.Length, 1, frequencies.Length]);
        return table.index_select(0, tensor([.. lengths.Select(l => (long)Array.IndexOf(classes, scaling.LengthClass(l)))]));
    }

    private static long[] Same(long[] positions)
    {
        var lengths = new long[positions.Length];
        Array.Fill(lengths, positions.Length == 0 ? 0 : positions.Max() + 1);
        return lengths;
    }

    private static float[] Frequencies(RopeOptions options, int headDimension, long length) => [.. options.InverseFrequencies(headDimension, length).Select(f => (float)f)];
}
