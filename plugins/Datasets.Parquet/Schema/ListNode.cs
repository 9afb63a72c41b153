namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>A list: a JSON array. It has elements where the definition level is above its own, and goes on where the repetition level is its own.</summary>
internal sealed record ListNode(int DefinitionLevel, int RepetitionLevel, SchemaNode Element) : SchemaNode(DefinitionLevel, Element.FirstLeaf, Element.Leaves);
