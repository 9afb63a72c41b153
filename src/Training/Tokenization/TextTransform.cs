using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// Builds a changed text and keeps the way back to the original. Characters are given with a change as the tokenizers library counts it:
/// 0 = stands for the next character of the source, +1 = was added (and shares the origin of the character before it in the source), -k = stands for the next and takes in k more.
/// </summary>
internal sealed class TextTransform
{
    private const int Allowance = 1 << 20;
    private const long Factor = 100;
    private readonly NormalizedText _source;
    private readonly StringBuilder _text;
    private readonly List<TextRange> _origins;
    private readonly long _limit;
    private int _next;

    /// <summary>Starts at the beginning of a text.</summary>
    public TextTransform(NormalizedText source)
    {
        _source = source;
        _text = new StringBuilder(source.Text.Length);
        _origins = new List<TextRange>(source.Text.Length);
        _limit = Allowance + (Factor * source.OriginalLength);
    }

    /// <summary>Where the next character of the source stands.</summary>
    public int Position => _next;

    /// <summary>Adds a character.</summary>
    public void Add(Rune rune, int change)
    {
        var origin = change > 0 || _next >= _source.Text.Length ? Before() : _source.OriginAt(_next);
        for (var taken = change; taken <= 0 && _next < _source.Text.Length; taken++)
            _next += _source.UnitsAt(_next);
        Append(rune, origin);
    }

    /// <summary>Keeps the characters up to an index.</summary>
    public void KeepTo(int end)
    {
        if (_next >= end)
            return;
        _text.Append(_source.Text, _next, end - _next);
        for (; _next < end; _next++)
            _origins.Add(_source.OriginAt(_next));
    }

    /// <summary>Leaves the characters up to an index out.</summary>
    public void SkipTo(int end) => _next = Math.Max(_next, end);

    /// <summary>Adds text that takes its origin from the character before the place reached.</summary>
    public void Insert(string content)
    {
        var origin = Before();
        foreach (var rune in content.EnumerateRunes())
            Append(rune, origin);
    }

    /// <summary>The changed text.</summary>
    public NormalizedText Finish() => new(_text.ToString(), [.. _origins], _source.OriginalLength);

    private TextRange Before() => _next == 0 ? default : _source.OriginAt(_next - 1);

    private void Append(Rune rune, TextRange origin)
    {
        Span<char> units = stackalloc char[2];
        var count = rune.EncodeToUtf16(units);
        _text.Append(units[..count]);
        for (var i = 0; i < count; i++)
            _origins.Add(origin);
        if (_text.Length > _limit)
            throw new MedicalGptException("The tokenizer's normalizer makes a text more than a hundred times longer.") { Place = "tokenizer.json, normalizer", Remedy = "check the file: no published tokenizer does that" };
    }
}
