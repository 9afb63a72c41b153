namespace MedicalGpt.Data;

/// <summary>A prompt with a better and a worse answer, for reward models, DPO and ORPO.</summary>
/// <param name="Prompt">The dialogue up to the answer.</param>
/// <param name="Chosen">The better answer.</param>
/// <param name="Rejected">The worse answer.</param>
public sealed record PreferencePair(IReadOnlyList<Message> Prompt, string Chosen, string Rejected) : Example
{
    /// <summary>How much better the chosen answer is, in reward units; null = 0.</summary>
    public double? Margin { get; init; }

    /// <summary>JSON array of tool schemas the dialogue may use; null when there are none.</summary>
    public string? ToolsJson { get; init; }
}
