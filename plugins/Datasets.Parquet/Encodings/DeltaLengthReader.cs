namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.</summary>
internal sealed class DeltaLengthReader : ValueReader
{
    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly DeltaReader _lengths;
    private int _at;

    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Where they end.</param>
    public DeltaLengthReader(byte[] buffer, int start, int end)
    {
        (_buffer, _end) = (buffer, end);
        _lengths = new DeltaReader(buffer, start, end, narrow: true);
        _at = DeltaReader.FindEnd(buffer, start, end);
    }

    /// <inheritdoc/>
    public override void Read(ref RawValue value)
    {
        var length = _lengths.Next();
        if (length < 0 || length > _end - _at)
            throw TooFew();
        value.Set(_buffer, _at, (int)length);
        _at += (int)length;
    }
}
