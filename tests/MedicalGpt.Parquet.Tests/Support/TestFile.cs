using System.Buffers.Binary;
using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Writes a file of one row group. The schema is flat unless its nodes are given.</summary>
internal static class TestFile
{
    public static byte[] Write(long rows, params IReadOnlyList<TestColumn> columns) => Write(rows, [.. columns.Select(Leaf)], columns, columns.Count);

    /// <summary>Writes a file whose schema has groups.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="nodes">The schema's nodes below the root, depth first.</param>
    /// <param name="columns">The leaves, in the same order.</param>
    /// <param name="children">Number of the root's children.</param>
    public static byte[] Write(long rows, IReadOnlyList<Action<ThriftWriter>> nodes, IReadOnlyList<TestColumn> columns, int children)
    {
        List<byte> file = [.. "PAR1"u8];
        List<Action<ThriftWriter>> chunks = [];
        foreach (var column in columns)
        {
            var start = file.Count;
            file.AddRange(column.Pages);
            chunks.Add(chunk => chunk.Struct(3, data => data.Int32(1, (int)column.Type).Int32(4, (int)column.Codec).Int64(5, column.Values).Int64(9, start)));
        }

        var footer = new ThriftWriter().Int32(1, 2)
            .Structs(2, [root => root.Text(4, "root").Int32(5, children), .. nodes])
            .Int64(3, rows)
            .Structs(4, [group => group.Structs(1, chunks).Int64(3, rows)])
            .Stop().Bytes;
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. file, .. footer, .. length, .. "PAR1"u8];
    }

    public static Action<ThriftWriter> Leaf(TestColumn column) => node =>
    {
        node.Int32(1, (int)column.Type);
        if (column.TypeLength > 0)
            node.Int32(2, column.TypeLength);
        node.Int32(3, (int)column.Repetition).Text(4, column.Name);
        if (column.Converted is { } converted)
            node.Int32(6, converted);
        if (column.Scale > 0)
            node.Int32(7, column.Scale);
        if (column.Logical is { } logical)
            node.Struct(10, logical);
    };

    public static Action<ThriftWriter> Group(string name, Repetition repetition, int children, int? converted = null) => node =>
    {
        node.Int32(3, (int)repetition).Text(4, name).Int32(5, children);
        if (converted is { } annotation)
            node.Int32(6, annotation);
    };
}
