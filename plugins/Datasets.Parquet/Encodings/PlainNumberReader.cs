using System.Buffers.Binary;

namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>PLAIN numbers of 4 or 8 bytes, little endian.</summary>
internal sealed class PlainNumberReader(byte[] buffer, int start, int end, int width) : ValueReader
{
    private int _at = start;

    /// <inheritdoc/>
    public override void Read(ref RawValue value)
    {
        if (width > end - _at)
            throw TooFew();
        value.Number = Number(buffer.AsSpan(_at), width);
        _at += width;
    }

    /// <summary>A number at the beginning of bytes; 4 bytes keep their sign.</summary>
    public static long Number(ReadOnlySpan<byte> bytes, int width) =>
        width == 4 ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
