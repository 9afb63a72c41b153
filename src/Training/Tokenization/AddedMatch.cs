namespace MedicalGpt.Training.Tokenization;

/// <summary>A part of a text.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Token">The added token found there; null = text between them.</param>
internal readonly record struct AddedMatch(TextRange Range, AddedToken? Token);
