namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>Finds a text.</summary>
internal sealed class LiteralPattern(string literal) : IPattern
{
    public void Find(ReadOnlySpan<char> text, List<TextRange> matches)
    {
        for (var at = 0; literal.Length > 0; at += literal.Length)
        {
            var ahead = text[at..].IndexOf(literal, StringComparison.Ordinal);
            if (ahead < 0)
                return;
            at += ahead;
            matches.Add(new TextRange(at, at + literal.Length));
        }
    }
}
