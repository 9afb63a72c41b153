namespace MedicalGpt.Training;

/// <summary>A row that was cut or left out, for reports.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Reason">What was done, or why.</param>
public sealed record RowPlace(string Place, string Reason);
