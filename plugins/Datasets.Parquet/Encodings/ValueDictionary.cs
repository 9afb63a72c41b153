using System.Buffers.Binary;
using MedicalGpt.Datasets.Parquet.Compression;

namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>A dictionary page: the distinct values of a column chunk, left as they are encoded (PLAIN).</summary>
internal sealed class ValueDictionary
{
    private readonly byte[] _buffer;
    private readonly int _width;
    private readonly bool _number;
    private readonly int[]? _ends;

    /// <param name="buffer">Holds the page.</param>
    /// <param name="size">Bytes of the page.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="width">Bytes of each value; 0 where each has its length before it.</param>
    /// <param name="number">Values are numbers of 4 or 8 bytes.</param>
    /// <param name="budget">What the ends of values count against.</param>
    public ValueDictionary(byte[] buffer, int size, int count, int width, bool number, MemoryBudget budget)
    {
        (_buffer, _width, _number, Count) = (buffer, width, number, count);
        if (count > size / (width > 0 ? width : 4))
            throw new ParquetException($"a dictionary of {size} bytes cannot have {count} values");
        if (width > 0)
            return;
        Cost = count * 4L;
        budget.Take(Cost);
        _ends = new int[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (size - at < 4 || BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)) is var length && (uint)length > (uint)(size - at - 4))
                throw new ParquetException("a value of a dictionary does not end in it");
            _ends[i] = at += 4 + length;
        }
    }

    /// <summary>Number of values.</summary>
    public int Count { get; }

    /// <summary>Bytes that it takes beside the page.</summary>
    public long Cost { get; }

    /// <summary>Looks a value up.</summary>
    public void Get(int index, ref RawValue value)
    {
        if ((uint)index >= (uint)Count)
            throw new ParquetException($"a value is number {(uint)index} of a dictionary that has {Count}");
        if (_ends is not null)
        {
            var start = (index == 0 ? 0 : _ends[index - 1]) + 4;
            value.Set(_buffer, start, _ends[index] - start);
        }
        else if (_number)
        {
            value.Number = PlainNumberReader.Number(_buffer.AsSpan(index * _width), _width);
        }
        else
        {
            value.Set(_buffer, index * _width, _width);
        }
    }
}
