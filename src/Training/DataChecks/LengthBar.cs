namespace MedicalGpt.Training.DataChecks;

/// <summary>A bar of a histogram of lengths.</summary>
/// <param name="UpTo">The greatest length that counts here; a bar begins above the one before.</param>
/// <param name="Rows">Rows.</param>
public sealed record LengthBar(int UpTo, long Rows);
