namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>Decodes repetition or definition levels, or indices into a dictionary, one by one.</summary>
internal abstract class LevelReader
{
    /// <summary>Decodes the next one.</summary>
    /// <exception cref="ParquetException">There is none.</exception>
    public abstract int Next();
}
