namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>A step from tokens to text. Tokens come one at a time, so that streaming and decoding at once are the same code.</summary>
/// <param name="next">Who takes what this step gives; null = nobody.</param>
internal abstract class DecoderStage(DecoderStage? next)
{
    /// <summary>Takes a token, or the next part of the only token where steps before fuse all into one.</summary>
    public abstract void Add(string piece);

    /// <summary>Ends the text.</summary>
    public virtual void Finish() => next?.Finish();

    /// <summary>Gives text on.</summary>
    protected void Give(string piece) => next?.Add(piece);
}
