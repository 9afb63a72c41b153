namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>PLAIN booleans, one bit each, least significant first.</summary>
internal sealed class PlainBooleanReader(byte[] buffer, int start, int end) : ValueReader
{
    private long _bit = start * 8L;

    /// <inheritdoc/>
    public override void Read(ref RawValue value)
    {
        if (_bit >= end * 8L)
            throw TooFew();
        value.Number = (buffer[_bit >> 3] >> (int)(_bit & 7)) & 1;
        _bit++;
    }
}
