using System.Buffers.Binary;
using System.Text;
using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>A leaf with its pages.</summary>
internal sealed record TestColumn(string Name, PhysicalType Type)
{
    public Repetition Repetition { get; init; }

    public int TypeLength { get; init; }

    /// <summary>Number of the converted type in parquet.thrift.</summary>
    public int? Converted { get; init; }

    public int Scale { get; init; }

    /// <summary>Writes the logical type's union.</summary>
    public Action<ThriftWriter>? Logical { get; init; }

    public Codec Codec { get; init; }

    /// <summary>Pages with their heads.</summary>
    public byte[] Pages { get; init; } = [];

    /// <summary>Number of values that the footer claims.</summary>
    public long Values { get; init; }

    /// <summary>A column of UTF-8 texts, PLAIN, one page.</summary>
    public static TestColumn Text(string name, params string[] values) =>
        new TestColumn(name, PhysicalType.ByteArray) { Converted = 0 }.Page(values.Length, [.. values.SelectMany(value => Prefixed(Encoding.UTF8.GetBytes(value)))]);

    /// <summary>Adds a data page (version 1).</summary>
    public TestColumn Page(int values, byte[] stored, ValueEncoding encoding = ValueEncoding.Plain, int? size = null, int? checksum = null) =>
        Add(PageType.Data, stored, size, checksum, head => head.Struct(5, data => data.Int32(1, values).Int32(2, (int)encoding).Int32(3, 3).Int32(4, 3))) with { Values = Values + values };

    /// <summary>Adds a dictionary page.</summary>
    public TestColumn Dictionary(int values, byte[] stored) => Add(PageType.Dictionary, stored, null, null, head => head.Struct(7, data => data.Int32(1, values).Int32(2, 0)));

    /// <summary>Bytes behind their length (4 bytes, little endian), as PLAIN texts and levels are.</summary>
    public static byte[] Prefixed(params byte[] bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }

    private TestColumn Add(PageType type, byte[] stored, int? size, int? checksum, Action<ThriftWriter> kind)
    {
        var head = new ThriftWriter().Int32(1, (int)type).Int32(2, size ?? stored.Length).Int32(3, stored.Length);
        if (checksum is { } sum)
            head.Int32(4, sum);
        kind(head);
        return this with { Pages = [.. Pages, .. head.Stop().Bytes, .. stored] };
    }
}
