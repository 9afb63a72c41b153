using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>What one turn wrote in a rendered dialogue, its end-of-turn token included.</summary>
/// <param name="Range">Range of the text.</param>
/// <param name="Message">Index of the message.</param>
/// <param name="Learned">Whether training learns it.</param>
public sealed record TurnSpan(TextRange Range, int Message, bool Learned);
