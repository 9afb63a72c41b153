namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>Words are what stands between white space; the white space is dropped.</summary>
internal sealed class WhitespaceSplit : WordSplitter
{
    public override void Split(ReadOnlySpan<char> text, List<TextRange> words)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && CharacterClasses.At(text, i, out _) != CharacterClass.Space)
                continue;
            if (i > start)
                words.Add(new TextRange(start, i));
            start = i + 1;
        }
    }
}
