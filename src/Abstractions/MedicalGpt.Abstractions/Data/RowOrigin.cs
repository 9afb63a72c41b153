namespace MedicalGpt.Data;

/// <summary>Where a row came from, for error messages and run records.</summary>
/// <param name="Source">File path or dataset name.</param>
/// <param name="Line">1-based line or row number.</param>
public readonly record struct RowOrigin(string Source, long Line)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Source}:{Line}";
}
