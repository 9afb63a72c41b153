namespace MedicalGpt.Training;

/// <summary>A checkpoint or the result was written.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Path">Folder.</param>
/// <param name="Final">True for the result of the run.</param>
public sealed record SavedReport(int Step, string Path, bool Final) : TrainingReport;
