namespace MedicalGpt.Training;

/// <summary>A line for people.</summary>
/// <param name="Text">The line.</param>
/// <param name="Warning">True when it deserves attention.</param>
public sealed record NoteReport(string Text, bool Warning = false) : TrainingReport;
