namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>Decodes the values of a page one by one; nulls are not among them.</summary>
internal abstract class ValueReader
{
    /// <summary>Decodes the next value.</summary>
    /// <exception cref="ParquetException">There is none, or it is damaged.</exception>
    public abstract void Read(ref RawValue value);

    /// <summary>The error for pages that end too early.</summary>
    protected static ParquetException TooFew() => new("it has fewer values than its head says");
}
