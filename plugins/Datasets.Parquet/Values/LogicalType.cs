using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Datasets.Parquet.Values;

/// <summary>What a column's values mean.</summary>
/// <param name="Kind">What they become.</param>
internal sealed record LogicalType(ValueKind Kind)
{
    /// <summary>Decimal places.</summary>
    public int Scale { get; init; }

    /// <summary>Unit of times and timestamps.</summary>
    public TimeUnit Unit { get; init; }

    /// <summary>Timestamps are UTC (written with +00:00), not local.</summary>
    public bool Utc { get; init; }

    /// <summary>The group is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>The group is a map.</summary>
    public bool IsMap { get; init; }
}
