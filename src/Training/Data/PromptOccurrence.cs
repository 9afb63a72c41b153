using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>A held-out prompt that occurs in a training row.</summary>
/// <param name="Prompt">The prompt, normalised.</param>
/// <param name="HeldOut">The held-out row.</param>
/// <param name="Training">The training row.</param>
public sealed record PromptOccurrence(string Prompt, RowOrigin HeldOut, RowOrigin Training);
