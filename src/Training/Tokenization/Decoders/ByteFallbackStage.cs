using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>ByteFallback: a run of tokens like <c>&lt;0xE4&gt;</c> becomes the text of its bytes, or one U+FFFD for each byte when the run is no UTF-8. So a run appears when it ends.</summary>
internal sealed class ByteFallbackStage(DecoderStage next) : DecoderStage(next)
{
    private readonly List<byte> _run = [];

    public override void Add(string piece)
    {
        if (piece.Length == 6 && piece.StartsWith("<0x", StringComparison.Ordinal) && piece[5] == '>'
            && byte.TryParse(piece.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _run.Add(value);
            return;
        }

        Flush();
        Give(piece);
    }

    public override void Finish()
    {
        Flush();
        base.Finish();
    }

    private void Flush()
    {
        if (_run.Count == 0)
            return;
        byte[] bytes = [.. _run];
        _run.Clear();
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            Give(Encoding.UTF8.GetString(bytes));
            return;
        }

        foreach (var _ in bytes)
            Give("\uFFFD");
    }
}
