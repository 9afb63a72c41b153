namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>DELTA_BYTE_ARRAY: how many bytes each value shares with the one before, then the rest of each.</summary>
internal sealed class DeltaBytesReader : ValueReader
{
    private readonly DeltaReader _shared;
    private readonly DeltaLengthReader _rests;
    private byte[] _current = new byte[64];
    private int _length;

    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Where they end.</param>
    public DeltaBytesReader(byte[] buffer, int start, int end)
    {
        _shared = new DeltaReader(buffer, start, end, narrow: true);
        _rests = new DeltaLengthReader(buffer, DeltaReader.FindEnd(buffer, start, end), end);
    }

    /// <inheritdoc/>
    public override void Read(ref RawValue value)
    {
        var shared = _shared.Next();
        if (shared < 0 || shared > _length)
            throw new ParquetException($"a value shares {shared} bytes with the one before, which has {_length}");
        _rests.Read(ref value);
        var rest = value.Bytes;
        _length = (int)shared + rest.Length;
        if (_length > _current.Length)
            Array.Resize(ref _current, Math.Max(_length, _current.Length * 2));
        rest.CopyTo(_current.AsSpan((int)shared));
        value.Set(_current, 0, _length);
    }
}
