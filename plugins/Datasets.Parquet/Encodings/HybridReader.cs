namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>The hybrid of runs and bit-packed groups: encoding RLE, and the indices of dictionary encodings.</summary>
internal sealed class HybridReader : LevelReader
{
    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly int _width;
    private int _at;
    private ulong _repeats;
    private int _repeated;
    private ulong _packed;
    private long _bit;

    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="width">Bits of a number.</param>
    public HybridReader(byte[] buffer, int start, int end, int width)
    {
        if (width > 32)
            throw new ParquetException($"{width} is no bit width; at most 32 is");
        (_buffer, _at, _end, _width) = (buffer, start, end, width);
    }

    /// <inheritdoc/>
    public override int Next()
    {
        if (_width == 0)
            return 0;
        while (true)
        {
            if (_repeats > 0)
            {
                _repeats--;
                return _repeated;
            }

            if (_packed > 0)
            {
                _packed--;
                var value = (int)BitUnpacker.Read(_buffer, _bit, _width, _end);
                _bit += _width;
                return value;
            }

            NextRun();
        }
    }

    /// <summary>The lowest bit of a run's head tells its kind, the others its length (of packed ones: in groups of eight).</summary>
    private void NextRun()
    {
        var head = Varint.Read(_buffer, ref _at, _end);
        if ((head & 1) == 0)
        {
            var bytes = (_width + 7) / 8;
            _repeated = (int)BitUnpacker.Read(_buffer, _at * 8L, bytes * 8, _end);
            _at += bytes;
            _repeats = head >> 1;
            return;
        }

        // Some writers cut the last group short: what is missing is noticed when it is read.
        var size = Math.Min((head >> 1) * (ulong)_width, (ulong)(_end - _at));
        _packed = size * 8 / (ulong)_width;
        _bit = _at * 8L;
        _at += (int)size;
    }
}
