namespace MedicalGpt.Training;

/// <summary>An answer kept for people to read.</summary>
/// <param name="Prompt">Prompt text.</param>
/// <param name="Completion">Answer text.</param>
/// <param name="Reward">Its total reward; null when there is none.</param>
/// <param name="Reference">The expected answer; null when there is none.</param>
public sealed record SampleRecord(string Prompt, string Completion, double? Reward, string? Reference);
