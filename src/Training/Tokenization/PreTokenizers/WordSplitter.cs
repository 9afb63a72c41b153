namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>A pre-tokenizer that cuts words and changes nothing.</summary>
internal abstract class WordSplitter : IPreTokenizer
{
    /// <summary>Adds the words of a text, in order, none empty.</summary>
    public abstract void Split(ReadOnlySpan<char> text, List<TextRange> words);

    public void Apply(PreTokenizedText text)
    {
        var words = new List<TextRange>((text.Text.Text.Length / 4) + 1);
        foreach (var word in text.Words)
        {
            var first = words.Count;
            Split(text.Text.Text.AsSpan(word.Start, word.Length), words);
            for (var i = first; word.Start > 0 && i < words.Count; i++)
                words[i] = new TextRange(words[i].Start + word.Start, words[i].End + word.Start);
        }

        text.Cut(words);
    }
}
