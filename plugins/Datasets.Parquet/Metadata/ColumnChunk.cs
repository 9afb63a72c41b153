namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Where a column's pages of one row group are.</summary>
/// <param name="Type">Type of the values.</param>
/// <param name="Codec">Compression of the pages.</param>
/// <param name="Values">Number of values, with nulls.</param>
/// <param name="Start">Offset of the first page.</param>
internal sealed record ColumnChunk(PhysicalType Type, Codec Codec, long Values, long Start);
