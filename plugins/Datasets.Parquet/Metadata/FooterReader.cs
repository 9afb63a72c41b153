namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Reads <c>FileMetaData</c> of parquet.thrift (https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift).</summary>
internal static class FooterReader
{
    public static Footer Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ThriftReader(bytes);
        List<SchemaElement> schema = [];
        List<RowGroup> groups = [];
        long? rows = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 2:
                    for (var left = reader.StructList(type); left > 0; left--)
                        schema.Add(SchemaElementReader.Read(ref reader));
                    break;
                case 3:
                    rows = reader.Int64(type);
                    break;
                case 4:
                    for (var left = reader.StructList(type); left > 0; left--)
                        groups.Add(ReadRowGroup(ref reader));
                    break;
                case 8:
                    throw Encrypted();
                default:
                    reader.Skip(type);
                    break;
            }

        return new Footer(schema, rows ?? throw new ParquetException("the footer does not say how many rows there are"), groups);
    }

    /// <summary>The error for encrypted files.</summary>
    public static ParquetException Encrypted() => new("it is encrypted", "decrypt it with the program that wrote it");

    private static RowGroup ReadRowGroup(ref ThriftReader reader)
    {
        List<ColumnChunk> columns = [];
        long rows = -1;
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    for (var left = reader.StructList(type); left > 0; left--)
                        columns.Add(ReadChunk(ref reader));
                    break;
                case 3:
                    rows = reader.Int64(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        return rows >= 0 ? new RowGroup(rows, columns) : throw new ParquetException("a row group does not say how many rows it has");
    }

    private static ColumnChunk ReadChunk(ref ThriftReader reader)
    {
        ColumnChunk? chunk = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    var other = reader.Text(type);
                    throw new ParquetException($"the values of a column are in another file, \"{other}\"", "read the files that hold the values");
                case 3:
                    ThriftReader.RequireStruct(type);
                    chunk = ReadColumn(ref reader);
                    break;
                case 8:
                    throw Encrypted();
                default:
                    reader.Skip(type);
                    break;
            }

        return chunk ?? throw new ParquetException("a column has no metadata");
    }

    private static ColumnChunk ReadColumn(ref ThriftReader reader)
    {
        int physical = -1, codec = 0, id = 0;
        long values = -1, data = -1, dictionary = -1;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    physical = reader.Int32(type);
                    break;
                case 4:
                    codec = reader.Int32(type);
                    break;
                case 5:
                    values = reader.Int64(type);
                    break;
                case 9:
                    data = reader.Int64(type);
                    break;
                case 11:
                    dictionary = reader.Int64(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        if (values < 0 || data < 0)
            throw new ParquetException("a column does not say where its values are");

        // Some writers set the dictionary's offset to 0, others put the dictionary first without saying so.
        return new ColumnChunk((PhysicalType)physical, (Codec)codec, values, dictionary > 0 && dictionary < data ? dictionary : data);
    }
}
