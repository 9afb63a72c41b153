namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>BPEDecoder: the suffix that ends words becomes a blank, in the last token nothing. So a token appears when the next has come.</summary>
internal sealed class SuffixStage(DecoderStage next, string suffix) : DecoderStage(next)
{
    private string? _held;

    public override void Add(string piece)
    {
        if (_held is not null)
            Give(Replace(_held, " "));
        _held = piece;
    }

    public override void Finish()
    {
        if (_held is not null)
            Give(Replace(_held, ""));
        base.Finish();
    }

    private string Replace(string piece, string content) => suffix.Length == 0 ? piece : piece.Replace(suffix, content, StringComparison.Ordinal);
}
