using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>A dialogue as the text that the model reads.</summary>
/// <param name="Text">The text.</param>
/// <param name="Learned">Ranges of <paramref name="Text"/> that the assistant wrote, each with its end-of-turn token, in order.</param>
/// <param name="Content">Ranges of <paramref name="Text"/> that came from messages, not from the template.</param>
public sealed record RenderedChat(string Text, IReadOnlyList<TextRange> Learned, IReadOnlyList<TextRange> Content);
