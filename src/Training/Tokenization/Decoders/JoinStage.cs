namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>Blanks between tokens: what tokenizers without a decoder do.</summary>
internal sealed class JoinStage(DecoderStage next) : DecoderStage(next)
{
    private bool _begun;

    public override void Add(string piece)
    {
        Give(_begun ? " " + piece : piece);
        _begun = true;
    }
}
