namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>A part of a row: a value, a struct, a list or a map.</summary>
/// <param name="DefinitionLevel">It is there where the definition level is this or higher; below, it is null.</param>
/// <param name="FirstLeaf">The first of the leaves in it.</param>
/// <param name="Leaves">The number of leaves in it, at least one.</param>
internal abstract record SchemaNode(int DefinitionLevel, int FirstLeaf, int Leaves);
