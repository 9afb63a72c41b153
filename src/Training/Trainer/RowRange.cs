namespace MedicalGpt.Training;

/// <summary>A part of a stream of rows.</summary>
/// <param name="Skip">Rows before it.</param>
/// <param name="Most">Most rows of it.</param>
internal readonly record struct RowRange(int Skip, int Most);
