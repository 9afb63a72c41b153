namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Encodings of values and levels.</summary>
internal enum ValueEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthBytes = 6,
    DeltaBytes = 7,
    RleDictionary = 8,
    ByteStreamSplit = 9,
}
