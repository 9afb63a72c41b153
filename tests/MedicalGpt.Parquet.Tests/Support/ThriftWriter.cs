namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Writes Thrift's compact protocol, as far as these tests need it.</summary>
internal sealed class ThriftWriter
{
    private readonly List<byte> _bytes = [];
    private readonly Stack<int> _outer = [];
    private int _last;

    public byte[] Bytes => [.. _bytes];

    public ThriftWriter Int32(int id, long value) => Number(id, 5, value);

    public ThriftWriter Int64(int id, long value) => Number(id, 6, value);

    public ThriftWriter Boolean(int id, bool value) => Head(id, value ? 1 : 2);

    public ThriftWriter Text(int id, string value)
    {
        Head(id, 8);
        var bytes = System.Text.Encoding.UTF8.GetBytes(value);
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public ThriftWriter Struct(int id, Action<ThriftWriter> write)
    {
        Head(id, 12);
        return Nested(write);
    }

    public ThriftWriter Structs(int id, IReadOnlyList<Action<ThriftWriter>> elements)
    {
        Head(id, 9);
        _bytes.Add((byte)(0xf0 | 12));
        Varint((ulong)elements.Count);
        foreach (var write in elements)
            Nested(write);
        return this;
    }

    public ThriftWriter Stop()
    {
        _bytes.Add(0);
        return this;
    }

    private ThriftWriter Nested(Action<ThriftWriter> write)
    {
        _outer.Push(_last);
        _last = 0;
        write(this);
        _last = _outer.Pop();
        return Stop();
    }

    private ThriftWriter Number(int id, int type, long value)
    {
        Head(id, type);
        Varint((ulong)((value << 1) ^ (value >> 63)));
        return this;
    }

    private ThriftWriter Head(int id, int type)
    {
        _bytes.Add((byte)(((id - _last) << 4) | type));
        _last = id;
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
            _bytes.Add((byte)(value | 128));
        _bytes.Add((byte)value);
    }
}
