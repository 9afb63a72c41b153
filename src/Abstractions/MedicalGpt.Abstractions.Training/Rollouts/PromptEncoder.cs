using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Encodes prompts the same way for every online algorithm.</summary>
public static class PromptEncoder
{
    /// <summary>Encodes a prompt; one that is too long is dropped, never cut.</summary>
    /// <param name="example">A <see cref="Prompt"/> or <see cref="TokenizedPrompt"/>.</param>
    /// <param name="encoder">Template and tokenizer.</param>
    /// <param name="maxTokens">Most tokens of a prompt.</param>
    /// <returns>The row (one segment, no targets) or why it is dropped.</returns>
    /// <exception cref="MedicalGptException">The row is of another kind.</exception>
    public static EncodeResult Encode(Example example, IExampleEncoder encoder, int maxTokens)
    {
        var ids = example switch
        {
            TokenizedPrompt prompt => prompt.PromptIds,
            Prompt prompt => encoder.EncodePrompt(prompt.Messages, prompt.ToolsJson),
            _ => throw new MedicalGptException($"{example.Origin}: a prompt is needed, this row is a {example.GetType().Name}; name the columns of your data with --columns"),
        };
        if (ids.Length == 0)
            return EncodeResult.Drop("empty prompt");
        return ids.Length > maxTokens
            ? EncodeResult.Drop($"prompt longer than max_source_length ({maxTokens} tokens)")
            : EncodeResult.Keep(new EncodedExample([new Segment(ids)]) { Source = example });
    }
}
