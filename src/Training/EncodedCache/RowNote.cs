namespace MedicalGpt.Training;

/// <summary>Something about rows that a person should know.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Rows">Rows that have it.</param>
/// <param name="First">File and line of the first of them.</param>
public sealed record RowNote(string Text, int Rows, string First)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Rows:N0} rows: {Text}, first {First}");
}
