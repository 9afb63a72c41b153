using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>
/// Encodes a rendered dialogue in pieces, so that no token stands for both what the assistant wrote and what it did not. Tokenizers that put a blank before every text (SentencePiece) would put one before each piece;
/// for these a piece gets the tokens that it has behind the text before it.
/// </summary>
internal sealed class PieceEncoder
{
    private const string Anchor = "\n";

    private readonly Tokenizer _tokenizer;
    private readonly bool _addsBlank;
    private readonly int[] _anchor;

    /// <summary>Creates an encoder.</summary>
    public PieceEncoder(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        _anchor = tokenizer.Encode(Anchor, allowSpecial: false);
        var letter = tokenizer.Encode("a", allowSpecial: false);
        _addsBlank = letter.Length > 0 && tokenizer.TokenOf(letter[0]) is { } token && token.StartsWith('▁');
    }

    /// <summary>Encodes a range.</summary>
    /// <param name="chat">The dialogue.</param>
    /// <param name="range">The range.</param>
    public int[] Encode(RenderedChat chat, TextRange range)
    {
        if (range.Length == 0)
            return [];
        if (!_addsBlank || range.Start == 0)
            return EncodeRange(chat, range);
        var context = Context(chat, range.Start);
        var before = EncodeRange(chat, new TextRange(context, range.Start));
        var whole = EncodeRange(chat, range with { Start = context });
        if (before.Length > 0 && whole.AsSpan().StartsWith(before))
            return whole[before.Length..];
        var anchored = _tokenizer.Encode(Anchor + chat.Text[range.Start..range.End], Literal(chat, range, Anchor.Length));
        return anchored.AsSpan().StartsWith(_anchor) ? anchored[_anchor.Length..] : EncodeRange(chat, range);
    }

    // Where the stretch before a place begins: at the last special token of the template's text, which nothing is joined across.
    private int Context(RenderedChat chat, int position)
    {
        var start = Math.Max(0, position - 256);
        var text = chat.Text[start..position];
        var last = 0;
        foreach (var token in _tokenizer.EncodeWithOffsets(text))
            if (_tokenizer.IsSpecial(token.Id))
                last = token.Range.Start;
        return start + last;
    }

    private int[] EncodeRange(RenderedChat chat, TextRange range) => _tokenizer.Encode(chat.Text[range.Start..range.End], Literal(chat, range, 0));

    private static List<TextRange> Literal(RenderedChat chat, TextRange range, int shift) =>
        [.. chat.Content.Where(c => c.Start < range.End && range.Start < c.End).Select(c => new TextRange(Math.Max(c.Start, range.Start) - range.Start + shift, Math.Min(c.End, range.End) - range.Start + shift))];
}
