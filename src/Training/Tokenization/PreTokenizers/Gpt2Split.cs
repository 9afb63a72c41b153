namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>
/// GPT-2's split, scanned by hand: linear, and it knows code points beyond the basic plane. In order: English contractions in small letters; letters, numbers or other signs, each with one leading blank;
/// white space except its last before a word; white space.
/// </summary>
internal sealed class Gpt2Split : WordSplitter
{
    public override void Split(ReadOnlySpan<char> text, List<TextRange> words)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfWord(text, start);
            words.Add(new TextRange(start, end));
            start = end;
        }
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && Contraction(text[(start + 1)..]) is > 0 and var length)
            return start + 1 + length;
        var at = start;
        if (text[start] == ' ' && start + 1 < text.Length)
            at++;
        var kind = CharacterClasses.At(text, at, out var units);
        if (kind != CharacterClass.Space)
            return Run(text, at + units, kind);
        var end = Run(text, start, CharacterClass.Space);
        return end == text.Length || end == start + 1 ? end : end - 1;
    }

    private static int Contraction(ReadOnlySpan<char> rest)
    {
        if (rest.Length >= 2 && rest[..2] is "re" or "ve" or "ll")
            return 2;
        return rest.Length >= 1 && rest[0] is 's' or 't' or 'm' or 'd' ? 1 : 0;
    }

    private static int Run(ReadOnlySpan<char> text, int index, CharacterClass kind)
    {
        while (index < text.Length && CharacterClasses.At(text, index, out var units) == kind)
            index += units;
        return index;
    }
}
