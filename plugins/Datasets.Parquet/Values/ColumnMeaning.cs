using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Datasets.Parquet.Values;

/// <summary>What a column's values become: its annotation where that fits the stored type, otherwise the stored type alone.</summary>
internal static class ColumnMeaning
{
    private const int ScaleLimit = 1024;

    /// <summary>The meaning of a leaf.</summary>
    public static LogicalType Of(SchemaElement leaf) => leaf.Meaning is { } meaning && Fits(meaning, leaf) ? meaning : new LogicalType(Stored(leaf.Type!.Value));

    private static bool Fits(LogicalType meaning, SchemaElement leaf) => (meaning.Kind, leaf.Type) switch
    {
        (ValueKind.Text, PhysicalType.ByteArray or PhysicalType.FixedBytes) => true,
        (ValueKind.Decimal, PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.ByteArray or PhysicalType.FixedBytes) => meaning.Scale is >= 0 and <= ScaleLimit,
        (ValueKind.Integer or ValueKind.Unsigned64, PhysicalType.Int64) => true,
        (ValueKind.Integer or ValueKind.Unsigned32 or ValueKind.Date, PhysicalType.Int32) => true,
        (ValueKind.Time, PhysicalType.Int32) => meaning.Unit == TimeUnit.Milliseconds,
        (ValueKind.Time or ValueKind.Timestamp, PhysicalType.Int64) => true,
        (ValueKind.Uuid, PhysicalType.FixedBytes) => leaf.TypeLength == 16,
        (ValueKind.Half, PhysicalType.FixedBytes) => leaf.TypeLength == 2,
        (ValueKind.Interval, PhysicalType.FixedBytes) => leaf.TypeLength == 12,
        (ValueKind.Null, _) => true,
        _ => false,
    };

    private static ValueKind Stored(PhysicalType type) => type switch
    {
        PhysicalType.Boolean => ValueKind.Boolean,
        PhysicalType.Int32 or PhysicalType.Int64 => ValueKind.Integer,
        PhysicalType.Int96 => ValueKind.JulianTimestamp,
        PhysicalType.Float => ValueKind.Single,
        PhysicalType.Double => ValueKind.Double,
        _ => ValueKind.Bytes,
    };
}
