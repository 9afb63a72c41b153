namespace MedicalGpt.Data;

/// <summary>One turn of a dialogue.</summary>
/// <param name="Role">Who speaks: <see cref="Roles.System"/>, <see cref="Roles.User"/>, <see cref="Roles.Assistant"/> or <see cref="Roles.Tool"/>.</param>
/// <param name="Content">What is said.</param>
public sealed record Message(string Role, string Content)
{
    /// <summary>Whether training learns this turn; null = the stage's rule (assistant turns).</summary>
    public bool? Learn { get; init; }

    /// <summary>Calls to tools made in this turn, as the JSON array of OpenAI's <c>tool_calls</c>; null when there are none.</summary>
    public string? ToolCallsJson { get; init; }
}
