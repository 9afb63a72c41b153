namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Reads <c>PageHeader</c> of parquet.thrift.</summary>
internal static class PageHeaderReader
{
    /// <exception cref="EndOfBytesException">The head is longer than the bytes given.</exception>
    public static PageHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ThriftReader(bytes);
        var header = new PageHeader((PageType)(-1), -1, -1);
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    header = header with { Type = (PageType)reader.Int32(type) };
                    break;
                case 2:
                    header = header with { Size = reader.Int32(type) };
                    break;
                case 3:
                    header = header with { StoredSize = reader.Int32(type) };
                    break;
                case 4:
                    header = header with { Checksum = reader.Int32(type) };
                    break;
                case 5 or 7 or 8:
                    ThriftReader.RequireStruct(type);
                    header = id switch { 5 => ReadData(ref reader, header), 7 => ReadDictionary(ref reader, header), _ => ReadDataV2(ref reader, header) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        if (header.Size < 0 || header.StoredSize < 0 || header.Values < 0 || header.DefinitionBytes < 0 || header.RepetitionBytes < 0)
            throw new ParquetException("a size or count in a page's head is missing or negative");
        return header with { HeadSize = reader.Position };
    }

    private static PageHeader ReadData(ref ThriftReader reader, PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    header = header with { Values = reader.Int32(type) };
                    break;
                case 2:
                    header = header with { Encoding = (ValueEncoding)reader.Int32(type) };
                    break;
                case 3:
                    header = header with { DefinitionEncoding = (ValueEncoding)reader.Int32(type) };
                    break;
                case 4:
                    header = header with { RepetitionEncoding = (ValueEncoding)reader.Int32(type) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        return header;
    }

    private static PageHeader ReadDictionary(ref ThriftReader reader, PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    header = header with { Values = reader.Int32(type) };
                    break;
                case 2:
                    header = header with { Encoding = (ValueEncoding)reader.Int32(type) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        return header;
    }

    private static PageHeader ReadDataV2(ref ThriftReader reader, PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    header = header with { Values = reader.Int32(type) };
                    break;
                case 4:
                    header = header with { Encoding = (ValueEncoding)reader.Int32(type) };
                    break;
                case 5:
                    header = header with { DefinitionBytes = reader.Int32(type) };
                    break;
                case 6:
                    header = header with { RepetitionBytes = reader.Int32(type) };
                    break;
                case 7:
                    header = header with { Compressed = ThriftReader.Boolean(type) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

        return header;
    }
}
