using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The scale of each block of a 4-bit matrix: fp32, or 8 bits in blocks of 256 around their mean (double quantisation, QLoRA section 3).</summary>
internal sealed class BlockScales : IDisposable
{
    /// <summary>Scales per block of scales.</summary>
    public const int NestedBlock = 256;

    private readonly CodeTables? tables;

    private BlockScales(Tensor values, Tensor? largest, float offset)
    {
        tables = largest is null ? null : Codebook.SignedDynamic.On(values.device);
        Values = values;
        Largest = largest;
        Offset = offset;
    }

    /// <summary>fp32 scales, or their codes.</summary>
    public Tensor Values { get; }

    /// <summary>Largest absolute value of each block of scales less the offset; null = scales are fp32.</summary>
    public Tensor? Largest { get; }

    /// <summary>Mean of the scales.</summary>
    public float Offset { get; }

    /// <summary>Values of the codes, for files.</summary>
    public Tensor? Map => tables?.Values;

    public long Bytes => Values.numel() * Values.element_size() + (Largest?.numel() * 4 ?? 0);

    /// <summary>Takes scales that are fp32.</summary>
    public static BlockScales Plain(Tensor scales) => new(scales.DetachFromDisposeScope(), null, 0);

    /// <summary>Takes scales that are packed already.</summary>
    public static BlockScales Packed(Tensor codes, Tensor largest, float offset) => new(codes.DetachFromDisposeScope(), largest.DetachFromDisposeScope(), offset);

    /// <summary>Packs scales.</summary>
    public static BlockScales Pack(Tensor scales)
    {
        using var scope = NewDisposeScope();
        var offset = scales.mean();
        var codes = BlockQuantizer.Encode(scales.sub(offset), Codebook.SignedDynamic, NestedBlock);
        return Packed(codes.Codes, codes.Largest, offset.item<float>());
    }

    /// <summary>Some scales, unpacked.</summary>
    /// <param name="start">First.</param>
    /// <param name="count">How many.</param>
    /// <returns>fp32 [count].</returns>
    public Tensor Range(long start, long count)
    {
        if (Largest is null)
            return Values.narrow(0, start, count);
        using var scope = NewDisposeScope();
        // Whole blocks of scales around the range.
        var first = start / NestedBlock * NestedBlock;
        var last = Math.Min((start + count + NestedBlock - 1) / NestedBlock * NestedBlock, Values.shape[0]);
        var all = BlockQuantizer.Decode(Values.narrow(0, first, last - first), Largest.narrow(0, first / NestedBlock, (last - first + NestedBlock - 1) / NestedBlock), tables!, NestedBlock);
        return all.add_(Offset).narrow(0, start - first, count).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        Values.Dispose();
        Largest?.Dispose();
        tables?.Dispose();
    }
}
