using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>A word starts as its characters; one that is no token becomes the tokens of its bytes (<c>&lt;0xE4&gt;</c>) where the vocabulary has them, else the unknown token, else nothing.</summary>
internal sealed class CharacterSymbols : ISymbolReader
{
    private readonly Vocabulary _vocabulary;
    private readonly UnknownRule _unknown;
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int[]? _byteIds;

    /// <summary>Creates a reader.</summary>
    /// <param name="vocabulary">Token strings.</param>
    /// <param name="unknown">What becomes of characters that are no token.</param>
    /// <param name="prefix">What tokens inside a word begin with.</param>
    /// <param name="suffix">What the last token of a word ends with.</param>
    public CharacterSymbols(Vocabulary vocabulary, UnknownRule unknown, string prefix, string suffix)
    {
        _vocabulary = vocabulary;
        _unknown = unknown;
        _prefix = prefix;
        _suffix = suffix;
        if (unknown.ByteFallback)
            _byteIds = [.. Enumerable.Range(0, 256).Select(b => vocabulary.IdOf(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>")) ?? -1)];
    }

    /// <summary>Whether every character has tokens, of its bytes if not of its own.</summary>
    public bool IsComplete => _byteIds is not null && !_byteIds.Contains(-1);

    public int? Whole(ReadOnlySpan<char> word) => _vocabulary.IdOf(word);

    public (int[] Ids, int[] Lengths) Read(ReadOnlySpan<char> word)
    {
        var symbols = new SymbolList(word.Length, _unknown);
        var position = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            var end = position + rune.Utf16SequenceLength;
            var (first, last) = (position == 0, end == word.Length);
            if (IdOf(rune, word[position..end], first, last) is { } id)
                symbols.Add(id, rune.Utf8SequenceLength);
            else if (BytesOf(rune, first, last) is { } bytes)
                Array.ForEach(bytes, b => symbols.Add(b, 1, keepsUnknown: true));
            else
                symbols.Add(-1, rune.Utf8SequenceLength);
            position = end;
        }

        return symbols.Finish();
    }

    private int[]? BytesOf(Rune rune, bool first, bool last)
    {
        if (_byteIds is null)
            return null;
        var ids = Array.ConvertAll(Encoding.UTF8.GetBytes((first ? "" : _prefix) + rune + (last ? _suffix : "")), b => _byteIds[b]);
        return Array.Exists(ids, id => id < 0) ? null : ids;
    }

    private int? IdOf(Rune rune, ReadOnlySpan<char> units, bool first, bool last)
    {
        if (_prefix.Length == 0 && _suffix.Length == 0)
            return _vocabulary.IdOf(units);
        return _vocabulary.IdOf((first ? "" : _prefix) + rune + (last ? _suffix : ""));
    }
}
