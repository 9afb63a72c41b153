using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>What the first rows of a dataset are by their keys.</summary>
/// <param name="Kind">The most specific kind among them; null = none has a known shape.</param>
/// <param name="Rows">How many were looked at.</param>
/// <param name="Mixture">What a person should know where they are of several kinds; null = they are of one.</param>
public sealed record KindLook(ExampleKind? Kind, long Rows, string? Mixture);
