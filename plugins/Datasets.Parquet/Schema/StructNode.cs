using System.Text.Json;

namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>A struct: a JSON object. The root is one too.</summary>
internal sealed record StructNode(int DefinitionLevel, int FirstLeaf, int Leaves, IReadOnlyList<SchemaNode> Fields, IReadOnlyList<JsonEncodedText> Names)
    : SchemaNode(DefinitionLevel, FirstLeaf, Leaves);
