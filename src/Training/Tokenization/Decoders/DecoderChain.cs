namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>The steps of a tokenizer's decoder, of which each text gets its own.</summary>
/// <param name="steps">Make each step, given the next.</param>
internal sealed class DecoderChain(IReadOnlyList<Func<DecoderStage, DecoderStage>> steps)
{
    /// <summary>The steps for a new text.</summary>
    /// <param name="text">The last one.</param>
    /// <returns>The first one.</returns>
    public DecoderStage Start(TextStage text)
    {
        DecoderStage stage = text;
        for (var i = steps.Count - 1; i >= 0; i--)
            stage = steps[i](stage);
        return stage;
    }
}
