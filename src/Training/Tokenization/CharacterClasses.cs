using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Looks characters up by class.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] BasicPlane = [.. Enumerable.Range(0, 0x10000).Select(Classify)];

    /// <summary>The class of the code point at an index, and how many UTF-16 units it takes; a lone surrogate is <see cref="CharacterClass.Other"/>.</summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int index, out int units)
    {
        units = 1;
        var unit = text[index];
        if (!char.IsHighSurrogate(unit) || Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            return BasicPlane[unit];
        units = consumed;
        return Classify(rune.Value);
    }

    private static CharacterClass Classify(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => CharacterClass.Space,
        UnicodeCategory.Control when codePoint is >= 9 and <= 13 or 0x85 => CharacterClass.Space,
        _ => CharacterClass.Other,
    };
}
