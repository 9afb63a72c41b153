using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>A row that was left out.</summary>
/// <param name="Origin">Its file and line.</param>
/// <param name="Place">Where in the row, as the error names it (file, line and perhaps the turn or item).</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record SkippedRow(RowOrigin Origin, string Place, string Reason);
