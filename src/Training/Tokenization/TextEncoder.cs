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
        _normalized = new AddedTokenMatcher(parts.AddedTokens.Where(t => t.Normalized));
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Text.</param>
    /// <param name="allowSpecial">Whether special tokens are recognised at all.</param>
    /// <param name="literal">Ranges in which they are not.</param>
    /// <param name="ranges">Whether ranges are wanted; else they are empty.</param>
    public List<TokenOffset> Encode(string text, bool allowSpecial, IReadOnlyList<TextRange> literal, bool ranges)
    {
        text = Whole(text);
        var output = new List<TokenOffset>((text.Length / 3) + 1);
        bool Special(TextRange range) => allowSpecial && !Overlaps(literal, range);
        if (_raw.IsEmpty)
        {
            EncodeBetween(text, 0, Special, output, ranges);
            return output;
        }

        foreach (var (range, token) in _raw.Cut(text, Special))
        {
            if (token is not null)
                output.Add(new TokenOffset(token.Id, range));
            else
                EncodeBetween(range.Length == text.Length ? text : text[range.Start..range.End], range.Start, Special, output, ranges);
        }

        return output;
    }

    // Half a surrogate pair is no character; what UTF-8 would make of it is U+FFFD, one unit as well.
    private static string Whole(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var changed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            changed.Append(rune);
        return changed.Equals(text) ? text : changed.ToString();
    }

    private static bool Overlaps(IReadOnlyList<TextRange> ranges, TextRange range)
    {
        foreach (var other in ranges)
            if (range.Start < other.End && other.Start < range.End)
                return true;
        return false;
    }

    private void EncodeBetween(string text, int offset, Func<TextRange, bool> special, List<TokenOffset> output, bool ranges)
    {
        var normal = _parts.Normalizer.Normalize(NormalizedText.Of(text));
        if (_normalized.IsEmpty)
        {
            EncodeWords(normal, new TextRange(0, normal.Text.Length), offset, output, ranges);
            return;
        }

        bool Special(TextRange range) => special(Shift(normal.OriginOf(range.Start, range.End), offset));
        foreach (var (range, token) in _normalized.Cut(normal.Text, Special))
        {
            if (token is not null)
                output.Add(new TokenOffset(token.Id, Shift(normal.OriginOf(range.Start, range.End), offset)));
            else
                EncodeWords(normal, range, offset, output, ranges);
        }
    }

    private void EncodeWords(NormalizedText normal, TextRange part, int offset, List<TokenOffset> output, bool ranges)
    {
        var cut = new PreTokenizedText(normal, part, offset);
        _parts.PreTokenizer.Apply(cut);
        foreach (var range in cut.Words)
        {
            var word = cut.Text.Text.AsSpan(range.Start, range.Length);
            var tokens = _parts.Model.Encode(word);
            if (!ranges)
            {
                foreach (var token in tokens)
                    output.Add(new TokenOffset(token.Id, default));
                continue;
            }

            var units = new Utf8Position(word);
            foreach (var token in tokens)
            {
                var piece = units.Range(token.Start, token.End);
                output.Add(new TokenOffset(token.Id, Shift(cut.Text.OriginOf(range.Start + piece.Start, range.Start + piece.End), offset)));
            }
        }
    }

    private static TextRange Shift(TextRange range, int offset) => new(range.Start + offset, range.End + offset);

    /// <summary>Turns ranges of UTF-8 bytes, which begin in order, into ranges of UTF-16 units; a character that is touched counts whole.</summary>
    private ref struct Utf8Position(ReadOnlySpan<char> word)
    {
        private readonly ReadOnlySpan<char> _word = word;
        private int _unit;
        private int _byte;

        public TextRange Range(int start, int end)
        {
            int bytes;
            int units;
            while (_unit < _word.Length && _byte + (bytes = At(_unit, out units)) <= start)
                (_unit, _byte) = (_unit + units, _byte + bytes);
            var (unit, at) = (_unit, _byte);
            while (unit < _word.Length && at < end)
            {
                at += At(unit, out units);
                unit += units;
            }

            return new TextRange(_unit, unit);
        }

        private readonly int At(int unit, out int units)
        {
            Rune.DecodeFromUtf16(_word[unit..], out var rune, out units);
            return rune.Utf8SequenceLength;
        }
    }
}
