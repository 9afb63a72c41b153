namespace MedicalGpt.Data;

/// <summary>A prompt with one answer and whether it is a good one (KTO, BCO).</summary>
/// <param name="Prompt">The dialogue up to the answer.</param>
/// <param name="Completion">The answer: turns, the first of them the assistant's.</param>
/// <param name="IsDesirable">True = a good answer (<c>label</c>).</param>
public sealed record UnpairedExample(IReadOnlyList<Message> Prompt, IReadOnlyList<Message> Completion, bool IsDesirable) : Example
{
    /// <summary>JSON array of tool schemas the dialogue may use; null when there are none.</summary>
    public string? ToolsJson { get; init; }
}
