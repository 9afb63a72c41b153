namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Units of times and timestamps; the value is how many there are in a second.</summary>
internal enum TimeUnit
{
    Milliseconds = 1_000,
    Microseconds = 1_000_000,
    Nanoseconds = 1_000_000_000,
}
