using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Unpacks 4-bit codes in blocks: value(code) · scale(block). On the processor in one pass over the bytes, because the same in operators makes three;
/// elsewhere, and as its test, in operators.
/// </summary>
internal static class NibbleDecoder
{
    /// <summary>Unpacks.</summary>
    /// <param name="packed">Two codes per byte, the first in the high half; contiguous bytes.</param>
    /// <param name="scales">fp32, one per block.</param>
    /// <param name="tables">What codes mean, on the codes' device.</param>
    /// <param name="block">Codes per block, even.</param>
    /// <param name="count">Number of codes.</param>
    /// <returns>fp32 [count].</returns>
    public static Tensor Decode(Tensor packed, Tensor scales, CodeTables tables, int block, long count)
    {
        if (packed.device.type != DeviceType.CPU)
            return ByOperators(packed, scales, tables, block, count);
        var result = empty([count + (count & 1)], ScalarType.Float32);
        Decode(packed.bytes, MemoryMarshal.Cast<byte, float>(scales.contiguous().bytes), [.. tables.Book.Values], block, MemoryMarshal.Cast<byte, float>(result.bytes));
        GC.KeepAlive(packed);
        GC.KeepAlive(scales);
        return (count & 1) == 0 ? result : result.narrow(0, 0, count);
    }

    /// <summary>The same in operators.</summary>
    public static Tensor ByOperators(Tensor packed, Tensor scales, CodeTables tables, int block, long count)
    {
        using var scope = NewDisposeScope();
        var numbers = tables.Pairs.index_select(0, packed.to(ScalarType.Int32)).view(-1).narrow(0, 0, count);
        return BlockQuantizer.Scale(numbers.contiguous(), scales, block).MoveToOuterDisposeScope();
    }

    private static void Decode(ReadOnlySpan<byte> packed, ReadOnlySpan<float> scales, float[] values, int block, Span<float> result)
    {
        var bytesPerBlock = block / 2;
        for (var b = 0; b * bytesPerBlock < packed.Length; b++)
        {
            var source = packed.Slice(b * bytesPerBlock, Math.Min(bytesPerBlock, packed.Length - b * bytesPerBlock));
            var target = result.Slice(b * block, source.Length * 2);
            var done = Avx2.IsSupported ? Vectors(source, scales[b], values, target) : 0;
            for (var i = done; i < source.Length; i++)
            {
                target[2 * i] = values[source[i] >> 4] * scales[b];
                target[2 * i + 1] = values[source[i] & 15] * scales[b];
            }
        }
    }

    // Four bytes, eight codes at a time; a table of 16 is two of 8.
    private static int Vectors(ReadOnlySpan<byte> source, float scale, float[] values, Span<float> target)
    {
        var (low, high) = (Vector256.Create(values, 0), Vector256.Create(values, 8));
        var shifts = Vector256.Create(4u, 0, 12, 8, 20, 16, 28, 24);
        var (half, seven, factor) = (Vector256.Create(15), Vector256.Create(7), Vector256.Create(scale));
        var words = MemoryMarshal.Cast<byte, int>(source);
        for (var i = 0; i < words.Length; i++)
        {
            var codes = Avx2.And(Avx2.ShiftRightLogicalVariable(Vector256.Create(words[i]), shifts), half);
            var small = Avx2.PermuteVar8x32(low, codes);
            var large = Avx2.PermuteVar8x32(high, codes);
            var chosen = Avx.BlendVariable(small, large, Avx2.CompareGreaterThan(codes, seven).AsSingle());
            (chosen * factor).CopyTo(target.Slice(8 * i, 8));
        }

        return words.Length * 4;
    }
}
