using System.Buffers;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Finds added tokens: leftmost first, of several at one place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;
    private readonly SearchValues<char> _firsts;

    /// <summary>Creates a matcher.</summary>
    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _byFirst = tokens.GroupBy(t => t.Content[0]).ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Content.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>Finds the next token.</summary>
    /// <param name="text">Text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="special">Decides whether a special token may match at an index.</param>
    /// <param name="index">Where it was found; the end of the text when none was.</param>
    /// <returns>The token; null when there is none.</returns>
    public AddedToken? Next(ReadOnlySpan<char> text, int start, Func<TextRange, bool> special, out int index)
    {
        for (index = start; index < text.Length; index++)
        {
            var ahead = text[index..].IndexOfAny(_firsts);
            if (ahead < 0)
                break;
            index += ahead;
            foreach (var token in _byFirst[text[index]])
            {
                var matches = text[index..].StartsWith(token.Content, StringComparison.Ordinal);
                if (matches && (!token.Special || special(new TextRange(index, index + token.Content.Length))))
                    return token;
            }
        }

        index = text.Length;
        return null;
    }
}
