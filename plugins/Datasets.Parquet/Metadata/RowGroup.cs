namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>A run of rows.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">One chunk per leaf of the schema, in its order.</param>
internal sealed record RowGroup(long Rows, IReadOnlyList<ColumnChunk> Columns);
