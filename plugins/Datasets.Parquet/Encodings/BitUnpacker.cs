using System.Buffers.Binary;

namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>Reads numbers of any width from bytes, least significant bit first.</summary>
internal static class BitUnpacker
{
    /// <summary>Reads a number.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="bit">Where it begins, in bits.</param>
    /// <param name="width">Its width, 0 to 64 bits.</param>
    /// <param name="end">End of the bytes that may be read.</param>
    /// <exception cref="ParquetException">It is not whole.</exception>
    public static ulong Read(byte[] buffer, long bit, int width, int end)
    {
        if (width == 0)
            return 0;
        if (bit + width > end * 8L)
            throw new EndOfBytesException();
        var at = (int)(bit >> 3);
        var shift = (int)(bit & 7);
        if (at + 8 > end)
            return ReadAtEnd(buffer.AsSpan(at, end - at), shift, width);
        var bits = BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(at)) >> shift;
        if (shift + width > 64)
            bits |= (ulong)buffer[at + 8] << (64 - shift);
        return bits & Mask(width);
    }

    private static ulong ReadAtEnd(ReadOnlySpan<byte> bytes, int shift, int width)
    {
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        bytes.CopyTo(padded);
        return (BinaryPrimitives.ReadUInt64LittleEndian(padded) >> shift) & Mask(width);
    }

    private static ulong Mask(int width) => ulong.MaxValue >> (64 - width);
}
