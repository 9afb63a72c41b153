using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Datasets.Parquet.Values;

namespace MedicalGpt.Datasets.Parquet.Schema;

/// <summary>A leaf of the schema, which is stored as a column.</summary>
/// <param name="Index">Its number among the leaves.</param>
/// <param name="Path">Names from the root, with dots between them.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Width">Bytes of a value; 0 where each has its own length, or is a bit.</param>
/// <param name="Meaning">What its values become.</param>
/// <param name="DefinitionLevel">Level at which it has a value.</param>
/// <param name="RepetitionLevel">Number of repeated nodes on its path.</param>
internal sealed record LeafColumn(int Index, string Path, PhysicalType Type, int Width, LogicalType Meaning, int DefinitionLevel, int RepetitionLevel)
{
    /// <summary>Values are numbers of 4 or 8 bytes.</summary>
    public bool IsNumber => Type is PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double;
}
