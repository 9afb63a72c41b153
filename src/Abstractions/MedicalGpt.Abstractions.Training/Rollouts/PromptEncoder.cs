using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Encodes prompts the same way for every online algorithm.</summary>
public static class PromptEncoder
{
    /// <summary>Encodes a prompt; one that is too long is dropped unless a rule says otherwise.</summary>
    /// <param name="example">A <see cref="Prompt"/> or <see cref="TokenizedPrompt"/>.</param>
    /// <param name="encoder">Template and tokenizer.</param>
    /// <param name="maxTokens">Most tokens of a prompt.</param>
    /// <param name="truncation">What becomes of a prompt that is too long.</param>
    /// <returns>The row (one segment, no targets) or why it is dropped.</returns>
    /// <exception cref="MedicalGptException">The row is of another kind.</exception>
    public static EncodeResult Encode(Example example, IExampleEncoder encoder, int maxTokens, PromptTruncation truncation = PromptTruncation.DropRow)
    {
        var ids = example switch
        {
            TokenizedPrompt prompt => prompt.PromptIds,
            Prompt prompt => encoder.EncodePrompt(prompt.Messages, prompt.ToolsJson),
            _ => throw new MedicalGptException($"{example.Origin}: a prompt is needed, this row is a {example.GetType().Name}; name the columns of your data with --columns"),
        };
        if (ids.Length == 0)
            return EncodeResult.Drop("empty prompt");
        RowCut? cut = null;
        if (ids.Length > maxTokens)
        {
            if (truncation == PromptTruncation.DropRow)
                return EncodeResult.Drop($"prompt longer than max_source_length ({maxTokens} tokens)");
            ids = ids[^maxTokens..];
            cut = new RowCut("beginning of the prompt cut", LosesEnd: false);
        }

        return EncodeResult.Keep(new EncodedExample([new Segment(ids)]) { Source = example }, cut);
    }
}
