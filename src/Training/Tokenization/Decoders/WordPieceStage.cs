namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>WordPiece: tokens that continue a word lose their prefix, others get a blank; on request blanks before punctuation and English contractions go.</summary>
internal sealed class WordPieceStage(DecoderStage next, string prefix, bool cleanup) : DecoderStage(next)
{
    private static readonly (string Old, string New)[] Cleanups =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private bool _begun;

    public override void Add(string piece)
    {
        if (_begun)
            piece = piece.StartsWith(prefix, StringComparison.Ordinal) ? piece[prefix.Length..] : " " + piece;
        _begun = true;
        if (cleanup)
            foreach (var (old, replacement) in Cleanups)
                piece = piece.Replace(old, replacement, StringComparison.Ordinal);
        Give(piece);
    }
}
