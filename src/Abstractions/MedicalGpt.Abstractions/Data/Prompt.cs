namespace MedicalGpt.Data;

/// <summary>A prompt for online algorithms (GRPO, PPO), with whatever columns rewards need to judge an answer.</summary>
/// <param name="Messages">The dialogue up to the answer.</param>
/// <param name="Reference">Columns of the row for reward functions, for example <c>answer</c>; never shown to the model.</param>
public sealed record Prompt(IReadOnlyList<Message> Messages, IReadOnlyDictionary<string, string> Reference) : Example
{
    /// <summary>JSON array of tool schemas the dialogue may use; null when there are none.</summary>
    public string? ToolsJson { get; init; }
}
