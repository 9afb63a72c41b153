namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>The head of a page.</summary>
/// <param name="Type">Kind of page.</param>
/// <param name="Size">Bytes of the page when decompressed.</param>
/// <param name="StoredSize">Bytes of the page in the file.</param>
internal sealed record PageHeader(PageType Type, int Size, int StoredSize)
{
    /// <summary>CRC-32 of the page's bytes in the file, where the writer gave one.</summary>
    public int? Checksum { get; init; }

    /// <summary>Number of values, with nulls.</summary>
    public int Values { get; init; }

    /// <summary>Encoding of the values.</summary>
    public ValueEncoding Encoding { get; init; }

    /// <summary>Encoding of the definition levels (version 1).</summary>
    public ValueEncoding DefinitionEncoding { get; init; } = ValueEncoding.Rle;

    /// <summary>Encoding of the repetition levels (version 1).</summary>
    public ValueEncoding RepetitionEncoding { get; init; } = ValueEncoding.Rle;

    /// <summary>Bytes of the definition levels (version 2).</summary>
    public int DefinitionBytes { get; init; }

    /// <summary>Bytes of the repetition levels (version 2).</summary>
    public int RepetitionBytes { get; init; }

    /// <summary>Whether the values are compressed (version 2).</summary>
    public bool Compressed { get; init; } = true;

    /// <summary>Bytes of the head itself.</summary>
    public int HeadSize { get; init; }
}
