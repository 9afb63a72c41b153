namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>The deprecated encoding BIT_PACKED of levels: most significant bit first, no runs.</summary>
internal sealed class BitPackedReader(byte[] buffer, int start, int end, int width) : LevelReader
{
    private long _bit = start * 8L;

    /// <inheritdoc/>
    public override int Next()
    {
        if (_bit + width > end * 8L)
            throw new EndOfBytesException();
        var value = 0;
        for (var i = 0; i < width; i++, _bit++)
            value = (value << 1) | ((buffer[_bit >> 3] >> (7 - (int)(_bit & 7))) & 1);
        return value;
    }
}
