using MedicalGpt.Datasets.Parquet.Values;

namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>One node of the schema, in the order of the footer (depth first).</summary>
internal sealed record SchemaElement(string Name)
{
    /// <summary>Type of a leaf; null for a group.</summary>
    public PhysicalType? Type { get; init; }

    /// <summary>Bytes of a value of <see cref="PhysicalType.FixedBytes"/>.</summary>
    public int TypeLength { get; init; }

    /// <summary>How often it occurs in its parent.</summary>
    public Repetition Repetition { get; init; }

    /// <summary>Number of children; 0 for a leaf.</summary>
    public int Children { get; init; }

    /// <summary>What the values mean, from the old annotation (converted type).</summary>
    public LogicalType? Converted { get; init; }

    /// <summary>What the values mean, from the newer annotation.</summary>
    public LogicalType? Logical { get; init; }

    /// <summary>The annotation that holds.</summary>
    public LogicalType? Meaning => Logical ?? Converted;
}
