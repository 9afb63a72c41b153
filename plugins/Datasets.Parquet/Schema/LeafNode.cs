namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>A value.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Optional">It may be null.</param>
internal sealed record LeafNode(LeafColumn Column, bool Optional) : SchemaNode(Column.DefinitionLevel, Column.Index, 1);
