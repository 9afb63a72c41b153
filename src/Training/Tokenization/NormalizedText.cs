using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>A text on its way through normalisers.</summary>
/// <param name="Text">The text after normalisation so far.</param>
/// <param name="Origins">For each UTF-16 unit of <paramref name="Text"/> the range of the original it came from; null = nothing changed.</param>
/// <param name="OriginalLength">UTF-16 units of the original.</param>
internal sealed record NormalizedText(string Text, TextRange[]? Origins, int OriginalLength)
{
    /// <summary>A text that nothing has changed yet.</summary>
    public static NormalizedText Of(string text) => new(text, null, text.Length);

    /// <summary>The range of the original text that a range of the normalised text came from; whole characters.</summary>
    public TextRange OriginOf(int start, int end) =>
        Origins is null || start >= end ? new TextRange(start, end) : new TextRange(Origins[start].Start, Origins[end - 1].End);

    /// <summary>The range of the original text that the character with the unit at an index came from.</summary>
    public TextRange OriginAt(int index)
    {
        if (Origins is not null)
            return Origins[index];
        var start = index > 0 && char.IsLowSurrogate(Text[index]) && char.IsHighSurrogate(Text[index - 1]) ? index - 1 : index;
        return new TextRange(start, start + UnitsAt(start));
    }

    /// <summary>How many UTF-16 units the character at an index has.</summary>
    public int UnitsAt(int index) => char.IsHighSurrogate(Text[index]) && index + 1 < Text.Length && char.IsLowSurrogate(Text[index + 1]) ? 2 : 1;

    /// <summary>The code point at an index; U+FFFD for half a surrogate pair.</summary>
    public Rune RuneAt(int index)
    {
        Rune.DecodeFromUtf16(Text.AsSpan(index), out var rune, out _);
        return rune;
    }
}
