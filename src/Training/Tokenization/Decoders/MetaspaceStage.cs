namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>Metaspace: marks become blanks; in the first token they go where encoding put one there.</summary>
/// <param name="next">Who takes the text.</param>
/// <param name="mark">The mark.</param>
/// <param name="drop">Whether marks of the first token go.</param>
/// <param name="fused">True = pieces are parts of one token.</param>
internal sealed class MetaspaceStage(DecoderStage next, string mark, bool drop, bool fused) : DecoderStage(next)
{
    private bool _drop = drop;

    public override void Add(string piece)
    {
        Give(piece.Replace(mark, _drop ? "" : " ", StringComparison.Ordinal));
        _drop &= fused;
    }
}
