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

    /// <summary>Unicode property White_Space.</summary>
    public static bool IsSpace(char unit) => BasicPlane[unit] == CharacterClass.Space;

    /// <summary>Unicode property White_Space.</summary>
    public static bool IsSpace(Rune rune) => rune.IsBmp && BasicPlane[rune.Value] == CharacterClass.Space;

    /// <summary>Unicode category N.</summary>
    public static bool IsNumber(Rune rune) => Classify(rune.Value) == CharacterClass.Number;

    /// <summary>Unicode category M.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>ASCII punctuation (symbols included) or Unicode category P.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? char.IsPunctuation((char)rune.Value) || char.IsSymbol((char)rune.Value) : Rune.IsPunctuation(rune);

    /// <summary>A character of words: letters, marks, decimal digits, connectors, joiners and letter-like numbers and symbols (property Alphabetic).</summary>
    public static bool IsWord(Rune rune) => IsAlphabeticSymbol(rune.Value) || rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => true,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
        _ => false,
    };

    /// <summary>Symbols that count as letters: circled and squared Latin ones.</summary>
    public static bool IsAlphabeticSymbol(int codePoint) =>
        codePoint is >= 0x24B6 and <= 0x24E9 or >= 0x1F130 and <= 0x1F149 or >= 0x1F150 and <= 0x1F169 or >= 0x1F170 and <= 0x1F189;

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
