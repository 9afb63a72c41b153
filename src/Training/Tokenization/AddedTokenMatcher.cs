using System.Buffers;
using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Finds added tokens: leftmost first, of several at one place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<string, AddedToken> _tokens = [];
    private readonly Dictionary<string, AddedToken>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Dictionary<char, int[]> _lengths;
    private readonly SearchValues<char> _firsts;

    /// <summary>Creates a matcher.</summary>
    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        foreach (var token in tokens)
            if (token.Pattern.Length > 0)
                _tokens[token.Pattern] = token;
        _bySpan = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = _tokens.Keys.GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.Select(p => p.Length).Distinct().OrderDescending().ToArray());
        _firsts = SearchValues.Create([.. _lengths.Keys]);
    }

    /// <summary>Whether there is anything to find.</summary>
    public bool IsEmpty => _tokens.Count == 0;

    /// <summary>Cuts a text into added tokens and what is between them.</summary>
    /// <param name="text">Text.</param>
    /// <param name="special">Decides whether a special token may match at a range.</param>
    public List<AddedMatch> Cut(string text, Func<TextRange, bool> special)
    {
        var parts = new List<AddedMatch>();
        var done = 0;
        for (var at = 0; Next(text, at, special, out var index) is { } token;)
        {
            at = index + token.Pattern.Length;
            if (token.SingleWord && !StandsAlone(text, index, at))
                continue;
            var start = token.LeftStrip ? Math.Max(SpacesBefore(text, index), done) : index;
            var end = token.RightStrip ? SpacesAfter(text, at) : at;
            if (start > done)
                parts.Add(new AddedMatch(new TextRange(done, start), null));
            parts.Add(new AddedMatch(new TextRange(start, end), token));
            done = end;
        }

        if (done < text.Length)
            parts.Add(new AddedMatch(new TextRange(done, text.Length), null));
        return parts;
    }

    private AddedToken? Next(ReadOnlySpan<char> text, int start, Func<TextRange, bool> special, out int index)
    {
        for (index = start; index < text.Length; index++)
        {
            var ahead = text[index..].IndexOfAny(_firsts);
            if (ahead < 0)
                break;
            index += ahead;
            foreach (var length in _lengths[text[index]])
            {
                if (length > text.Length - index || !_bySpan.TryGetValue(text.Slice(index, length), out var token))
                    continue;
                if (!token.Special || special(new TextRange(index, index + length)))
                    return token;
            }
        }

        return null;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end)
    {
        Rune.DecodeLastFromUtf16(text[..start], out var before, out _);
        Rune.DecodeFromUtf16(text[end..], out var after, out _);
        return (start == 0 || !CharacterClasses.IsWord(before)) && (end == text.Length || !CharacterClasses.IsWord(after));
    }

    private static int SpacesBefore(string text, int index)
    {
        while (index > 0 && CharacterClasses.IsSpace(text[index - 1]))
            index--;
        return index;
    }

    private static int SpacesAfter(string text, int index)
    {
        while (index < text.Length && CharacterClasses.IsSpace(text[index]))
            index++;
        return index;
    }
}
