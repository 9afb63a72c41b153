namespace MedicalGpt.Training.Tokenization;

/// <summary>A normalised text.</summary>
/// <param name="Text">The text after normalisation.</param>
/// <param name="Origins">For each UTF-16 unit of <paramref name="Text"/> the range of the original it came from; null = nothing changed.</param>
internal sealed record NormalizedText(string Text, TextRange[]? Origins)
{
    /// <summary>The range of the original text that a range of the normalised text came from.</summary>
    public TextRange OriginOf(int start, int end) =>
        Origins is null || start >= end ? new TextRange(start, end) : new TextRange(Origins[start].Start, Origins[end - 1].End);
}
