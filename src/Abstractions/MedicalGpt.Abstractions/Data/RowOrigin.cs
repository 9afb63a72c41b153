namespace MedicalGpt.Data;

/// <summary>Where a row came from, for error messages and run records.</summary>
/// <param name="Source">File path or dataset name.</param>
/// <param name="Line">1-based line or row number; 0 = the whole file.</param>
public readonly record struct RowOrigin(string Source, long Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{Source}:{Line}" : Source;
}
