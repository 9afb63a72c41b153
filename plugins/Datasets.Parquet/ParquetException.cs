namespace MedicalGpt.Datasets.Parquet;

/// <summary>What does not fit or is not supported in a file. <see cref="ParquetReader"/> makes a readable error of it and adds the place.</summary>
internal class ParquetException(string message, string? remedy = null, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What to do; null = the file is damaged.</summary>
    public string? Remedy { get; } = remedy;
}
