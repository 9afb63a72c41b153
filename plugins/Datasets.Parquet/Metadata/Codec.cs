namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Compression of a column's pages.</summary>
internal enum Codec
{
    None = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4Hadoop = 5,
    Zstandard = 6,
    Lz4 = 7,
}
