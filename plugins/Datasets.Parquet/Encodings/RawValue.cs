namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>A value as its physical type holds it: a number's bits, or a stretch of bytes that is valid until the next value is read.</summary>
internal struct RawValue
{
    /// <summary>Booleans (0 or 1), integers, and the bits of floating-point numbers.</summary>
    public long Number;

    private byte[]? _buffer;
    private int _start;
    private int _length;

    /// <summary>Values of byte types.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _length);

    /// <summary>Points to bytes.</summary>
    public void Set(byte[] buffer, int start, int length) => (_buffer, _start, _length) = (buffer, start, length);
}
