namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>DELTA_BINARY_PACKED: blocks of differences, each block with its smallest one, in miniblocks with a bit width each.</summary>
internal sealed class DeltaReader : ValueReader
{
    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly bool _narrow;
    private readonly int _miniblocks;
    private readonly int _perMiniblock;
    private int _at;
    private ulong _left;
    private long _value;
    private bool _first = true;
    private long _smallest;
    private int _widths;
    private int _miniblock;
    private int _width;
    private long _bit;
    private int _inMiniblock;

    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="narrow">Values are of 32 bits and wrap around there.</param>
    public DeltaReader(byte[] buffer, int start, int end, bool narrow)
    {
        (_buffer, _at, _end, _narrow) = (buffer, start, end, narrow);
        var block = Varint.Read(buffer, ref _at, end);
        var miniblocks = Varint.Read(buffer, ref _at, end);
        if (miniblocks == 0 || block > 1 << 24 || block % miniblocks != 0 || block / miniblocks % 8 != 0 || block == 0)
            throw new ParquetException($"blocks of {block} differences cannot have {miniblocks} miniblocks");
        (_miniblocks, _perMiniblock) = ((int)miniblocks, (int)(block / miniblocks));
        _miniblock = _miniblocks;
        _left = Varint.Read(buffer, ref _at, end);
        _value = Varint.ReadSigned(buffer, ref _at, end);
    }

    /// <inheritdoc/>
    public override void Read(ref RawValue value) => value.Number = Next();

    /// <summary>Decodes the next value.</summary>
    public long Next()
    {
        if (_left == 0)
            throw TooFew();
        _left--;
        if (_first)
        {
            _first = false;
            return _value;
        }

        if (_inMiniblock == 0)
            NextMiniblock();
        _inMiniblock--;
        _value = unchecked(_value + _smallest + (long)BitUnpacker.Read(_buffer, _bit, _width, _end));
        _bit += _width;
        if (_narrow)
            _value = unchecked((int)_value);
        return _value;
    }

    /// <summary>Where the encoded values end; only before the first is read.</summary>
    public static int FindEnd(byte[] buffer, int start, int end)
    {
        var reader = new DeltaReader(buffer, start, end, narrow: false);
        for (var left = reader._left; left > 1; left -= Math.Min(left - 1, (ulong)reader._perMiniblock))
            reader.NextMiniblock();
        return Math.Min(reader._at, end);
    }

    private void NextMiniblock()
    {
        if (_miniblock == _miniblocks)
        {
            _smallest = Varint.ReadSigned(_buffer, ref _at, _end);
            if (_miniblocks > _end - _at)
                throw new EndOfBytesException();
            _widths = _at;
            _at += _miniblocks;
            _miniblock = 0;
        }

        _width = _buffer[_widths + _miniblock++];
        if (_width > 64)
            throw new ParquetException($"{_width} is no bit width; at most 64 is");
        _bit = _at * 8L;
        _inMiniblock = _perMiniblock;

        // The last miniblock may be cut short: what is missing is noticed when it is read.
        _at = (int)Math.Min(_at + ((long)_width * _perMiniblock / 8), _end);
    }
}
