namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>A file's footer, <c>FileMetaData</c> of parquet.thrift.</summary>
/// <param name="Schema">The schema's nodes, depth first, the root at the beginning.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="RowGroups">The row groups.</param>
internal sealed record Footer(IReadOnlyList<SchemaElement> Schema, long Rows, IReadOnlyList<RowGroup> RowGroups);
