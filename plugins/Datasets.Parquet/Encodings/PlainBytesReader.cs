using System.Buffers.Binary;

namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>PLAIN bytes, each value behind its length (4 bytes, little endian), or of one length without it.</summary>
/// <param name="buffer">Holds the bytes.</param>
/// <param name="start">Where they begin.</param>
/// <param name="end">Where they end.</param>
/// <param name="fixedLength">Length of every value; null where each has its own.</param>
internal sealed class PlainBytesReader(byte[] buffer, int start, int end, int? fixedLength) : ValueReader
{
    private int _at = start;

    /// <inheritdoc/>
    public override void Read(ref RawValue value)
    {
        var length = fixedLength ?? ReadLength();
        if ((uint)length > (uint)(end - _at))
            throw TooFew();
        value.Set(buffer, _at, length);
        _at += length;
    }

    private int ReadLength()
    {
        if (end - _at < 4)
            throw TooFew();
        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(_at));
        _at += 4;
        return length;
    }
}
