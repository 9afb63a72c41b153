namespace MedicalGpt.Training.Tokenization;

/// <summary>A piece of text and the words it is cut into so far.</summary>
internal sealed class PreTokenizedText
{
    private readonly int _offset;

    /// <summary>Starts with the whole range as one word.</summary>
    /// <param name="text">Normalised text.</param>
    /// <param name="range">The part of it to cut.</param>
    /// <param name="offset">Where the original of <paramref name="text"/> begins in the text that is encoded.</param>
    public PreTokenizedText(NormalizedText text, TextRange range, int offset)
    {
        Text = text;
        _offset = offset;
        if (range.Length > 0)
            Words.Add(range);
    }

    /// <summary>The text.</summary>
    public NormalizedText Text { get; private set; }

    /// <summary>Ranges of <see cref="Text"/>, in order, none empty.</summary>
    public List<TextRange> Words { get; private set; } = [];

    /// <summary>Whether a word begins where the encoded text begins.</summary>
    public bool BeginsText(TextRange word) => _offset + Text.OriginOf(word.Start, word.End).Start == 0;

    /// <summary>Replaces the words.</summary>
    public void Cut(List<TextRange> words) => Words = words;

    /// <summary>Rewrites every word.</summary>
    /// <param name="rewrite">Gets a word as a text of its own, whose origins lie in this text's original, and gives the new text.</param>
    public void Rewrite(Func<NormalizedText, TextRange, NormalizedText> rewrite)
    {
        var text = new System.Text.StringBuilder(Text.Text.Length);
        var origins = new List<TextRange>(Text.Text.Length);
        var words = new List<TextRange>(Words.Count);
        foreach (var word in Words)
        {
            var changed = rewrite(Slice(word), word);
            words.Add(new TextRange(text.Length, text.Length + changed.Text.Length));
            text.Append(changed.Text);
            origins.AddRange(changed.Origins!);
        }

        Text = new NormalizedText(text.ToString(), [.. origins], Text.OriginalLength);
        words.RemoveAll(w => w.Length == 0);
        Words = words;
    }

    private NormalizedText Slice(TextRange word)
    {
        var origins = new TextRange[word.Length];
        for (var i = 0; i < origins.Length; i++)
            origins[i] = Text.OriginAt(word.Start + i);
        return new NormalizedText(Text.Text[word.Start..word.End], origins, Text.OriginalLength);
    }
}
