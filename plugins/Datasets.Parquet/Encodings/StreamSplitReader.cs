namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>BYTE_STREAM_SPLIT: the first bytes of all values, then the second ones, and so on.</summary>
/// <param name="buffer">Holds the bytes.</param>
/// <param name="start">Where they begin.</param>
/// <param name="end">Where they end.</param>
/// <param name="width">Bytes of a value.</param>
/// <param name="number">Values are numbers of 4 or 8 bytes.</param>
internal sealed class StreamSplitReader(byte[] buffer, int start, int end, int width, bool number) : ValueReader
{
    private readonly int _count = (end - start) / width;
    private readonly byte[] _value = new byte[width];
    private int _index;

    /// <inheritdoc/>
    public override void Read(ref RawValue value)
    {
        if (_index >= _count)
            throw TooFew();
        var at = start + _index++;
        for (var i = 0; i < width; i++, at += _count)
            _value[i] = buffer[at];
        if (number)
            value.Number = PlainNumberReader.Number(_value, width);
        else
            value.Set(_value, 0, width);
    }
}
