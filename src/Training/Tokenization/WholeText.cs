namespace MedicalGpt.Training.Tokenization;

/// <summary>The whole text is one word.</summary>
internal sealed class WholeText : IPreTokenizer
{
    public void Split(ReadOnlySpan<char> text, List<TextRange> words)
    {
        if (!text.IsEmpty)
            words.Add(new TextRange(0, text.Length));
    }
}
