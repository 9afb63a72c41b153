using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using MedicalGpt.Datasets.Parquet.Compression;
using MedicalGpt.Datasets.Parquet.Encodings;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Datasets.Parquet.Schema;
using MedicalGpt.Datasets.Parquet.Values;

namespace MedicalGpt.Datasets.Parquet.Pages;

/// <summary>Goes through a column chunk value by value (nulls and empty lists count as values); one page and one dictionary of it are in memory.</summary>
internal sealed class ColumnCursor(LeafColumn column, PageSource source)
{
    private readonly PageBuffer _page = new(source.Budget);
    private readonly PageBuffer _dictionaryPage = new(source.Budget);
    private ColumnChunk? _chunk;
    private ValueDictionary? _dictionary;
    private long _offset;
    private long _pageOffset;
    private long _seen;
    private int _left;
    private bool _peeked;
    private LevelReader? _repetitions;
    private LevelReader? _definitions;
    private ValueReader? _values;
    private RawValue _value;

    /// <summary>Repetition level of the current value.</summary>
    public int Repetition { get; private set; }

    /// <summary>Definition level of the current value.</summary>
    public int Definition { get; private set; }

    /// <summary>Its column.</summary>
    public LeafColumn Column => column;

    /// <summary>Goes to the beginning of a chunk.</summary>
    public void Open(ColumnChunk chunk)
    {
        if (chunk.Type != column.Type)
            throw new ParquetException($"its values are stored as {chunk.Type}, but the schema says {column.Type}");
        _chunk = chunk;
        _offset = chunk.Start;
        _seen = 0;
        _left = 0;
        _peeked = false;
        DropDictionary();
    }

    /// <summary>Makes the next value the current one unless there is one already; false at the end of the chunk.</summary>
    public bool TryPeek()
    {
        if (_peeked)
            return true;
        while (_left == 0)
            if (!NextPage())
                return false;
        _left--;
        Repetition = Level(_repetitions, column.RepetitionLevel);
        Definition = Level(_definitions, column.DefinitionLevel);
        return _peeked = true;
    }

    /// <summary>Makes the next value the current one.</summary>
    /// <exception cref="ParquetException">There is none.</exception>
    public void Peek()
    {
        if (!TryPeek())
        {
            MarkPlace();
            throw new ParquetException("the column has fewer values than the row group has rows");
        }
    }

    /// <summary>Goes on from the current value.</summary>
    public void Pass() => _peeked = false;

    /// <summary>Writes the current value and goes on. Its definition level is the column's.</summary>
    public void WriteValue(Utf8JsonWriter writer)
    {
        MarkPlace();
        _values!.Read(ref _value);
        ValueWriter.Write(column, _value, writer);
        _peeked = false;
    }

    /// <summary>Says that what follows is about this column.</summary>
    public void MarkPlace()
    {
        source.Place.Column = column.Path;
        source.Place.Page = _pageOffset;
    }

    private int Level(LevelReader? levels, int highest)
    {
        if (levels is null)
            return 0;
        MarkPlace();
        var level = levels.Next();
        return (uint)level <= (uint)highest ? level : throw new ParquetException($"a level is {(uint)level}, but the schema has {highest} of them");
    }

    private bool NextPage()
    {
        var chunk = _chunk!;
        if (_seen >= chunk.Values)
            return false;
        _pageOffset = _offset;
        MarkPlace();
        var header = source.ReadHead(_offset);
        var data = _offset + header.HeadSize;
        _offset = data + header.StoredSize;
        switch (header.Type)
        {
            case PageType.Data or PageType.DataV2:
                _seen += header.Values;
                _left = header.Values;
                if (header.Values > 0)
                    OpenData(header, source.ReadPage(data, header, chunk.Codec, _page));
                break;
            case PageType.Dictionary:
                OpenDictionary(header, source.ReadPage(data, header, chunk.Codec, _dictionaryPage));
                break;
            default:
                break; // index pages, and what future versions may add
        }

        return true;
    }

    private void OpenDictionary(PageHeader header, int size)
    {
        if (_dictionary is not null)
            throw new ParquetException("the column has two dictionaries in a row group");
        if (header.Encoding is not (ValueEncoding.Plain or ValueEncoding.PlainDictionary) || column.Type == PhysicalType.Boolean)
            throw new ParquetException($"a dictionary of {column.Type} values cannot have the encoding {header.Encoding}");
        _dictionary = new ValueDictionary(_dictionaryPage.Bytes, size, header.Values, column.Width, column.IsNumber, source.Budget);
    }

    private void DropDictionary()
    {
        source.Budget.Take(-(_dictionary?.Cost ?? 0));
        _dictionary = null;
    }

    private void OpenData(PageHeader header, int size)
    {
        var at = 0;
        if (header.Type == PageType.DataV2)
        {
            _repetitions = OpenLevels(column.RepetitionLevel, 0, header.RepetitionBytes);
            at = header.RepetitionBytes + header.DefinitionBytes;
            _definitions = OpenLevels(column.DefinitionLevel, header.RepetitionBytes, at);
        }
        else
        {
            _repetitions = OpenLevels(header, header.RepetitionEncoding, column.RepetitionLevel, ref at, size);
            _definitions = OpenLevels(header, header.DefinitionEncoding, column.DefinitionLevel, ref at, size);
        }

        _values = OpenValues(header.Encoding, at, size);
    }

    private HybridReader? OpenLevels(int highest, int start, int end) => highest == 0 ? null : new HybridReader(_page.Bytes, start, end, Width(highest));

    private LevelReader? OpenLevels(PageHeader header, ValueEncoding encoding, int highest, ref int at, int size)
    {
        if (highest == 0)
            return null;
        var start = at;
        if (encoding == ValueEncoding.BitPacked)
        {
            var bytes = (((long)header.Values * Width(highest)) + 7) / 8;
            at = bytes <= size - at ? at + (int)bytes : throw new EndOfBytesException();
            return new BitPackedReader(_page.Bytes, start, at, Width(highest));
        }

        if (encoding != ValueEncoding.Rle)
            throw new ParquetException($"levels cannot have the encoding {encoding}");
        start += 4;
        at = EndOfPart(at, size);
        return new HybridReader(_page.Bytes, start, at, Width(highest));
    }

    /// <summary>End of a part that has its length (4 bytes, little endian) before it.</summary>
    private int EndOfPart(int at, int size)
    {
        if (size - at < 4 || BinaryPrimitives.ReadInt32LittleEndian(_page.Bytes.AsSpan(at)) is var length && (uint)length > (uint)(size - at - 4))
            throw new EndOfBytesException();
        return at + 4 + length;
    }

    private ValueReader OpenValues(ValueEncoding encoding, int at, int size) => (encoding, column.Type) switch
    {
        (ValueEncoding.Plain, PhysicalType.Boolean) => new PlainBooleanReader(_page.Bytes, at, size),
        (ValueEncoding.Plain, _) when column.IsNumber => new PlainNumberReader(_page.Bytes, at, size, column.Width),
        (ValueEncoding.Plain, _) => new PlainBytesReader(_page.Bytes, at, size, column.Width > 0 ? column.Width : null),
        (ValueEncoding.PlainDictionary or ValueEncoding.RleDictionary, _) => OpenIndices(at, size),
        (ValueEncoding.Rle, PhysicalType.Boolean) => new RunLengthBooleanReader(new HybridReader(_page.Bytes, at + 4, EndOfPart(at, size), 1)),
        (ValueEncoding.DeltaBinaryPacked, PhysicalType.Int32 or PhysicalType.Int64) => new DeltaReader(_page.Bytes, at, size, column.Type == PhysicalType.Int32),
        (ValueEncoding.DeltaLengthBytes, PhysicalType.ByteArray) => new DeltaLengthReader(_page.Bytes, at, size),
        (ValueEncoding.DeltaBytes, PhysicalType.ByteArray or PhysicalType.FixedBytes) => new DeltaBytesReader(_page.Bytes, at, size),
        (ValueEncoding.ByteStreamSplit, _) when column.Width > 0 => new StreamSplitReader(_page.Bytes, at, size, column.Width, column.IsNumber),
        _ => throw new ParquetException($"values of type {column.Type} cannot have the encoding {encoding}"),
    };

    private DictionaryReader OpenIndices(int at, int size)
    {
        var dictionary = _dictionary ?? throw new ParquetException("it refers to a dictionary, and there is none before it");

        // A page of nulls alone may have no indices, not even their width.
        return new DictionaryReader(dictionary, at < size ? new HybridReader(_page.Bytes, at + 1, size, _page.Bytes[at]) : new HybridReader(_page.Bytes, at, at, 1));
    }

    private static int Width(int highest) => BitOperations.Log2((uint)highest) + 1;
}
