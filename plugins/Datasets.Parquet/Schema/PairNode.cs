namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>An entry of a map: a JSON array of key and value. The map itself is a list of them.</summary>
internal sealed record PairNode(int DefinitionLevel, SchemaNode Key, SchemaNode Value) : SchemaNode(DefinitionLevel, Key.FirstLeaf, Key.Leaves + Value.Leaves);
