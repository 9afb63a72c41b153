using System.Text;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>Finds characters of a kind, each a match.</summary>
internal sealed class RunePattern(Func<Rune, bool> matches) : IPattern
{
    public void Find(ReadOnlySpan<char> text, List<TextRange> found)
    {
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var end = position + rune.Utf16SequenceLength;
            if (matches(rune))
                found.Add(new TextRange(position, end));
            position = end;
        }
    }
}
