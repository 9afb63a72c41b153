namespace MedicalGpt.Training.DataChecks;

/// <summary>A text of a row.</summary>
/// <param name="Field">Where it stands, for example <c>chosen</c> or <c>turn 2 (assistant)</c>.</param>
/// <param name="Text">The text.</param>
public readonly record struct RowText(string Field, string Text);
