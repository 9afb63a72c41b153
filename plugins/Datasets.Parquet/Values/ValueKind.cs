namespace MedicalGpt.Datasets.Parquet.Values;

/// <summary>What a column's values become in JSON.</summary>
internal enum ValueKind
{
    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number of 32 bits without sign.</summary>
    Unsigned32,

    /// <summary>A whole number of 64 bits without sign.</summary>
    Unsigned64,

    /// <summary>A number of 16 bits.</summary>
    Half,

    /// <summary>A number of 32 bits.</summary>
    Single,

    /// <summary>A number of 64 bits.</summary>
    Double,

    /// <summary>A number with a fixed number of decimal places.</summary>
    Decimal,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes, as base64.</summary>
    Bytes,

    /// <summary>Sixteen bytes, as 8-4-4-4-12 hexadecimal digits.</summary>
    Uuid,

    /// <summary>Days since 1970-01-01.</summary>
    Date,

    /// <summary>Time of day.</summary>
    Time,

    /// <summary>A point in time, since 1970-01-01.</summary>
    Timestamp,

    /// <summary>A point in time as Julian day and nanoseconds of the day, in 12 bytes.</summary>
    JulianTimestamp,

    /// <summary>Months, days and milliseconds, in 12 bytes.</summary>
    Interval,

    /// <summary>Always null.</summary>
    Null,
}
