using System.Text.Json;
using MedicalGpt.Datasets.Parquet.Pages;
using MedicalGpt.Datasets.Parquet.Schema;

namespace MedicalGpt.Datasets.Parquet;

/// <summary>Puts rows together from columns: what repetition and definition levels say (Melnik et al., Dremel, 2010).</summary>
internal sealed class RowAssembler(StructNode root, IReadOnlyList<ColumnCursor> cursors, Utf8JsonWriter writer)
{
    /// <summary>The largest row that is read, in bytes of JSON.</summary>
    public const int RowLimit = 64 << 20;

    /// <summary>Most values of a row.</summary>
    public const int ValueLimit = 4 << 20;

    private int _values;

    /// <summary>Writes the next row.</summary>
    /// <exception cref="ParquetException">The columns do not fit together, or the row is too large.</exception>
    public void WriteRow()
    {
        _values = 0;
        foreach (var cursor in cursors)
        {
            cursor.Peek();
            if (cursor.Repetition != 0)
                throw Inconsistent(cursor, "a value continues a row that has ended");
        }

        Write(root);
    }

    /// <summary>The error for rows that are too large.</summary>
    public static ParquetException TooLarge() => new($"a row has more than {ValueLimit} values or {RowLimit >> 20} MiB", "split it into several rows");

    private void Write(SchemaNode node)
    {
        if (++_values > ValueLimit || writer.BytesPending + writer.BytesCommitted > RowLimit)
            throw TooLarge();
        if (node is LeafNode leaf)
            WriteLeaf(leaf);
        else if (IsNull(node))
            WriteNull(node);
        else if (node is StructNode fields)
            WriteStruct(fields);
        else if (node is ListNode list)
            WriteList(list);
        else
            WritePair((PairNode)node);
    }

    private bool IsNull(SchemaNode node)
    {
        var first = cursors[node.FirstLeaf];
        first.Peek();
        return first.Definition < node.DefinitionLevel;
    }

    private void WriteNull(SchemaNode node)
    {
        writer.WriteNullValue();
        Pass(node);
    }

    private void WriteLeaf(LeafNode leaf)
    {
        var cursor = cursors[leaf.FirstLeaf];
        cursor.Peek();
        if (cursor.Definition == leaf.DefinitionLevel)
        {
            cursor.WriteValue(writer);
            return;
        }

        if (!leaf.Optional || cursor.Definition != leaf.DefinitionLevel - 1)
            throw Inconsistent(cursor, "a value is missing that another column of the same struct has");
        writer.WriteNullValue();
        cursor.Pass();
    }

    private void WriteStruct(StructNode node)
    {
        writer.WriteStartObject();
        for (var i = 0; i < node.Fields.Count; i++)
        {
            writer.WritePropertyName(node.Names[i]);
            Write(node.Fields[i]);
        }

        writer.WriteEndObject();
    }

    private void WriteList(ListNode list)
    {
        writer.WriteStartArray();
        var first = cursors[list.FirstLeaf];
        if (first.Definition == list.DefinitionLevel)
        {
            Pass(list, list.DefinitionLevel);
        }
        else
        {
            do
                Write(list.Element);
            while (first.TryPeek() && first.Repetition == list.RepetitionLevel);
        }

        writer.WriteEndArray();
    }

    private void WritePair(PairNode pair)
    {
        writer.WriteStartArray();
        Write(pair.Key);
        Write(pair.Value);
        writer.WriteEndArray();
    }

    private void Pass(SchemaNode node) => Pass(node, node.DefinitionLevel - 1);

    /// <summary>A null or an empty list stands once in every column below it.</summary>
    private void Pass(SchemaNode node, int highest)
    {
        for (var i = node.FirstLeaf; i < node.FirstLeaf + node.Leaves; i++)
        {
            cursors[i].Peek();
            if (cursors[i].Definition > highest)
                throw Inconsistent(cursors[i], "a value is there that another column of the same struct has not");
            cursors[i].Pass();
        }
    }

    private static ParquetException Inconsistent(ColumnCursor cursor, string message)
    {
        cursor.MarkPlace();
        return new ParquetException(message);
    }
}
