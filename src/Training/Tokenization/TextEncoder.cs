using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// The steps from text to tokens: (1) cut out added tokens, (2) normalise what is between, (3) cut out the added tokens that are looked for after normalisation, (4) split into words, (5) encode words.
/// </summary>
internal sealed class TextEncoder
{
    private readonly TokenizerParts _parts;
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;

    /// <summary>Creates an encoder.</summary>
    public TextEncoder(TokenizerParts parts)
    {
        _parts = parts;
        _raw = new AddedTokenMatcher(parts.AddedTokens.Where(t => !t.Normalized));
        _normalized = new AddedTokenMatcher(parts.AddedTokens.Where(t => t.Normalized).Select(t => t with { Content = parts.Normalizer.Normalize(t.Content).Text }));
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Text.</param>
    /// <param name="allowSpecial">Whether special tokens are recognised at all.</param>
    /// <param name="literal">Ranges in which they are not.</param>
    public List<TokenOffset> Encode(string text, bool allowSpecial, IReadOnlyList<TextRange> literal)
    {
        var output = new List<TokenOffset>((text.Length / 3) + 1);
        bool Special(TextRange range) => allowSpecial && !Overlaps(literal, range);
        var start = 0;
        while (start < text.Length)
        {
            var token = _raw.Next(text, start, Special, out var index);
            if (index > start)
                EncodeBetween(text[start..index], start, Special, output);
            if (token is not null)
                output.Add(new TokenOffset(token.Id, new TextRange(index, index + token.Content.Length)));
            start = index + (token?.Content.Length ?? 0);
        }

        return output;
    }

    private static bool Overlaps(IReadOnlyList<TextRange> ranges, TextRange range)
    {
        foreach (var other in ranges)
            if (range.Start < other.End && other.Start < range.End)
                return true;
        return false;
    }

    private void EncodeBetween(string text, int offset, Func<TextRange, bool> special, List<TokenOffset> output)
    {
        var normal = _parts.Normalizer.Normalize(text);
        bool Special(TextRange range) => special(Shift(normal.OriginOf(range.Start, range.End), offset));
        var start = 0;
        while (start < normal.Text.Length)
        {
            var token = _normalized.Next(normal.Text, start, Special, out var index);
            if (index > start)
                EncodeWords(normal, start, index, offset, output);
            if (token is not null)
                output.Add(new TokenOffset(token.Id, Shift(normal.OriginOf(index, index + token.Content.Length), offset)));
            start = index + (token?.Content.Length ?? 0);
        }
    }

    private void EncodeWords(NormalizedText normal, int start, int end, int offset, List<TokenOffset> output)
    {
        var text = normal.Text.AsSpan(start, end - start);
        var words = new List<TextRange>((text.Length / 3) + 1);
        _parts.PreTokenizer.Split(text, words);
        foreach (var range in words)
        {
            var word = text[range.Start..range.End];
            var ids = _parts.Model.Encode(word);
            var reader = new Utf8Position(word);
            foreach (var id in ids)
            {
                var piece = ids.Length == 1 ? new TextRange(0, word.Length) : reader.Advance(_parts.Model.ByteLength(id, word));
                var origin = normal.OriginOf(start + range.Start + piece.Start, start + range.Start + piece.End);
                output.Add(new TokenOffset(id, Shift(origin, offset)));
            }
        }
    }

    private static TextRange Shift(TextRange range, int offset) => new(range.Start + offset, range.End + offset);

    /// <summary>Turns lengths in UTF-8 bytes into ranges of UTF-16 units.</summary>
    private ref struct Utf8Position(ReadOnlySpan<char> word)
    {
        private readonly ReadOnlySpan<char> _word = word;
        private int _unit;
        private int _bytesIntoCharacter;

        /// <summary>The units that the next bytes belong to; a character that is touched counts whole.</summary>
        public TextRange Advance(int bytes)
        {
            var start = _unit;
            var end = _unit;
            while (bytes > 0 && _unit < _word.Length)
            {
                Rune.DecodeFromUtf16(_word[_unit..], out var rune, out var units);
                var taken = Math.Min(bytes, rune.Utf8SequenceLength - _bytesIntoCharacter);
                bytes -= taken;
                _bytesIntoCharacter += taken;
                end = _unit + units;
                if (_bytesIntoCharacter < rune.Utf8SequenceLength)
                    continue;
                _unit += units;
                _bytesIntoCharacter = 0;
            }

            return new TextRange(start, end);
        }
    }
}
