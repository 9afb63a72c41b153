namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>
/// The split of GPT-4, Llama 3 and Qwen2, which their tokenizer.json gives as a regular expression; scanned by hand because that is linear in any input and knows code points beyond the basic plane.
/// Alternatives in order: English contractions; letters with one leading character that is no letter, number or line end; up to <c>maxDigits</c> numbers;
/// other signs with one leading space and trailing line ends; white space up to its last line end; white space except its last before a word; white space.
/// </summary>
internal sealed class ContractionLetterSplit(int maxDigits) : WordSplitter
{
    private static readonly string[] Contractions = ["s", "t", "re", "ve", "m", "ll", "d"];

    /// <summary>The regular expression that this class scans, as tokenizer.json writes it.</summary>
    public static string Pattern(string numbers) =>
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|" + numbers + @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public override void Split(ReadOnlySpan<char> text, List<TextRange> words)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = EndOfWord(text, start);
            words.Add(new TextRange(start, end));
            start = end;
        }
    }

    private int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var first = text[start];
        if (first == '\'' && Contraction(text[(start + 1)..]) is > 0 and var length)
            return start + 1 + length;
        var kind = CharacterClasses.At(text, start, out var units);
        var next = start + units;
        if (kind == CharacterClass.Letter)
            return Run(text, next, CharacterClass.Letter, int.MaxValue);
        if (kind == CharacterClass.Number)
            return Run(text, next, CharacterClass.Number, maxDigits - 1);
        var following = next < text.Length ? CharacterClasses.At(text, next, out _) : CharacterClass.Space;
        if (following == CharacterClass.Letter && first is not ('\r' or '\n'))
            return Run(text, next, CharacterClass.Letter, int.MaxValue);
        if (kind == CharacterClass.Other || (first == ' ' && following == CharacterClass.Other))
            return LineEnds(text, Run(text, next, CharacterClass.Other, int.MaxValue));
        return WhiteSpace(text, start);
    }

    // Simple case folding as the regular expression engine does it: U+017F (long s) is an s.
    private static int Contraction(ReadOnlySpan<char> rest)
    {
        foreach (var ending in Contractions)
        {
            if (rest.Length >= ending.Length && (rest[..ending.Length].Equals(ending, StringComparison.OrdinalIgnoreCase) || (ending == "s" && rest[0] == '\u017F')))
                return ending.Length;
        }

        return 0;
    }

    private static int Run(ReadOnlySpan<char> text, int index, CharacterClass kind, int limit)
    {
        for (var count = 0; count < limit && index < text.Length && CharacterClasses.At(text, index, out var units) == kind; count++)
            index += units;
        return index;
    }

    private static int LineEnds(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] is '\r' or '\n')
            index++;
        return index;
    }

    private static int WhiteSpace(ReadOnlySpan<char> text, int start)
    {
        var end = Run(text, start, CharacterClass.Space, int.MaxValue);
        var lastLineEnd = text[start..end].LastIndexOfAny('\r', '\n');
        if (lastLineEnd >= 0)
            return start + lastLineEnd + 1;
        return end == text.Length || end == start + 1 ? end : end - 1;
    }
}
