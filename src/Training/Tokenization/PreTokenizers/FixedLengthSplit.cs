namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>Words of a fixed number of characters.</summary>
internal sealed class FixedLengthSplit(int length) : WordSplitter
{
    public override void Split(ReadOnlySpan<char> text, List<TextRange> words)
    {
        var (start, position, count) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            position += rune.Utf16SequenceLength;
            if (++count % length != 0)
                continue;
            words.Add(new TextRange(start, position));
            start = position;
        }

        if (start < text.Length)
            words.Add(new TextRange(start, text.Length));
    }
}
