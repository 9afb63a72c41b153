namespace MedicalGpt.Data;

/// <summary>A dialogue for supervised fine-tuning.</summary>
/// <param name="Messages">Turns in order.</param>
public sealed record Conversation(IReadOnlyList<Message> Messages) : Example
{
    /// <summary>JSON array of tool schemas the dialogue may use; null when there are none.</summary>
    public string? ToolsJson { get; init; }
}
