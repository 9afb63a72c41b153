using System.Text;

namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>Strip: leaves up to a number of one character off the ends of each token.</summary>
/// <param name="next">Who takes the text.</param>
/// <param name="content">The character.</param>
/// <param name="left">How many at the beginning.</param>
/// <param name="right">How many at the end.</param>
/// <param name="fused">True = pieces are parts of one token; then <paramref name="right"/> is 0.</param>
internal sealed class StripStage(DecoderStage next, Rune content, int left, int right, bool fused) : DecoderStage(next)
{
    private int _taken;

    public override void Add(string piece)
    {
        var text = piece.AsSpan();
        while (_taken < left && !text.IsEmpty)
        {
            var starts = StartsWith(text, out var units);
            _taken = starts ? _taken + 1 : left;
            text = starts ? text[units..] : text;
        }

        for (var i = 0; i < right && !text.IsEmpty && Rune.DecodeLastFromUtf16(text, out var last, out var units) == System.Buffers.OperationStatus.Done && last == content; i++)
            text = text[..^units];
        if (!fused)
            _taken = 0;
        Give(text.ToString());
    }

    private bool StartsWith(ReadOnlySpan<char> text, out int units)
    {
        Rune.DecodeFromUtf16(text, out var first, out units);
        return first == content;
    }
}
