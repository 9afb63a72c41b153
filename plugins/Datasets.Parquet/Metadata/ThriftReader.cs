using System.Text;

namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Reads Thrift's compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). Every length is checked against the bytes that are there.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int DepthLimit = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Goes to the next field of a struct; false at the struct's end.</summary>
    /// <param name="id">The field before, 0 at the start; becomes this field.</param>
    /// <param name="type">The field's type.</param>
    public bool NextField(ref int id, out ThriftType type)
    {
        var head = ReadByte();
        type = (ThriftType)(head & 15);
        if (head == 0)
            return false;
        id = head >> 4 is > 0 and var delta ? id + delta : (int)Clamp(ReadZigZag());
        return true;
    }

    /// <summary>A boolean: in a field its type is the value.</summary>
    public static bool Boolean(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw Unexpected(type),
    };

    /// <summary>An integer of any width that fits 32 bits.</summary>
    public int Int32(ThriftType type)
    {
        var value = Int64(type);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new ParquetException($"the number {value} is out of range");
    }

    /// <summary>An integer of any width.</summary>
    public long Int64(ThriftType type) => type switch
    {
        ThriftType.Byte => (sbyte)ReadByte(),
        ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64 => ReadZigZag(),
        _ => throw Unexpected(type),
    };

    /// <summary>A text.</summary>
    public string Text(ThriftType type) => type == ThriftType.Binary ? Encoding.UTF8.GetString(ReadBinary()) : throw Unexpected(type);

    /// <summary>Checks that a struct follows.</summary>
    public static void RequireStruct(ThriftType type)
    {
        if (type != ThriftType.Struct)
            throw Unexpected(type);
    }

    /// <summary>The head of a list of structs.</summary>
    /// <returns>The number of structs, each at least a byte long.</returns>
    public int StructList(ThriftType type)
    {
        if (type != ThriftType.List)
            throw Unexpected(type);
        var count = ReadListHead(out var element);
        return count == 0 || element == ThriftType.Struct ? count : throw Unexpected(element);
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(ThriftType type) => Skip(type, 0);

    private void Skip(ThriftType type, int depth)
    {
        if (depth > DepthLimit)
            throw new ParquetException("structs are nested too deeply");
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                ReadByte();
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                ReadVarint();
                break;
            case ThriftType.Double:
                Advance(8);
                break;
            case ThriftType.Binary:
                ReadBinary();
                break;
            case ThriftType.List or ThriftType.Set:
                for (var left = ReadListHead(out var element); left > 0; left--)
                    SkipElement(element, depth + 1);
                break;
            case ThriftType.Map:
                SkipMap(depth);
                break;
            case ThriftType.Struct:
                var id = 0;
                while (NextField(ref id, out var field))
                    Skip(field, depth + 1);
                break;
            default:
                throw Unexpected(type);
        }
    }

    private void SkipMap(int depth)
    {
        var count = Count(ReadVarint());
        if (count == 0)
            return;
        var types = ReadByte();
        for (; count > 0; count--)
        {
            SkipElement((ThriftType)(types >> 4), depth + 1);
            SkipElement((ThriftType)(types & 15), depth + 1);
        }
    }

    /// <summary>In collections a boolean is a byte of its own.</summary>
    private void SkipElement(ThriftType type, int depth) => Skip(type is ThriftType.True or ThriftType.False ? ThriftType.Byte : type, depth);

    private int ReadListHead(out ThriftType element)
    {
        var head = ReadByte();
        element = (ThriftType)(head & 15);
        return Count(head >> 4 is < 15 and var small ? (ulong)small : ReadVarint());
    }

    /// <summary>A count of elements of a byte or more each.</summary>
    private readonly int Count(ulong count) => count <= (ulong)(_bytes.Length - Position) ? (int)count : throw new EndOfBytesException();

    private ReadOnlySpan<byte> ReadBinary()
    {
        var length = Count(ReadVarint());
        var start = Position;
        Position += length;
        return _bytes.Slice(start, length);
    }

    private long ReadZigZag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw new ParquetException("a number is longer than 64 bits");
    }

    private byte ReadByte() => Position < _bytes.Length ? _bytes[Position++] : throw new EndOfBytesException();

    private void Advance(int count)
    {
        if (count > _bytes.Length - Position)
            throw new EndOfBytesException();
        Position += count;
    }

    private static long Clamp(long id) => Math.Clamp(id, short.MinValue, short.MaxValue);

    private static ParquetException Unexpected(ThriftType type) => new($"a field has the unexpected type {(int)type}");
}
