using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>A dialogue as the text that the model reads.</summary>
/// <param name="Text">The text.</param>
/// <param name="Content">Ranges of <paramref name="Text"/> that came from messages and tools, not from the template, in order.</param>
/// <param name="Generated">Ranges that the template itself marks as written by the assistant (<c>{% generation %}</c>), in order; empty where it marks none.</param>
public sealed record RenderedChat(string Text, IReadOnlyList<ContentRange> Content, IReadOnlyList<TextRange> Generated);
