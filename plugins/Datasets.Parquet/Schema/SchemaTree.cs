namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>A file's schema.</summary>
/// <param name="Root">The row.</param>
/// <param name="Leaves">Its columns, in the order in which they are stored.</param>
internal sealed record SchemaTree(StructNode Root, IReadOnlyList<LeafColumn> Leaves);
