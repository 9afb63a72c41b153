namespace MedicalGpt.Data;

/// <summary>One turn of a dialogue.</summary>
/// <param name="Role">Who speaks: <see cref="Roles.System"/>, <see cref="Roles.User"/>, <see cref="Roles.Assistant"/> or <see cref="Roles.Tool"/>; another role where the chat template knows it.</param>
/// <param name="Content">What is said.</param>
public sealed record Message(string Role, string Content)
{
    /// <summary>Whether training learns this turn; null = the stage's rule (assistant turns).</summary>
    public bool? Learn { get; init; }

    /// <summary>Calls to tools made in this turn, as the JSON array of OpenAI's <c>tool_calls</c>; null when there are none.</summary>
    public string? ToolCallsJson { get; init; }

    /// <summary>The reasoning before the answer, where a row keeps it apart from the content (<c>reasoning_content</c>); null when there is none.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>Name of the speaker or, for a tool's result, of the tool (<c>name</c>); null when there is none.</summary>
    public string? Name { get; init; }

    /// <summary>The call that a tool's result answers (<c>tool_call_id</c>); null when there is none.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Content in parts as a JSON array of <c>{"type": "text", "text": …}</c>; null when the content is plain text, which is then <see cref="Content"/>.</summary>
    public string? ContentPartsJson { get; init; }

    /// <summary>Further fields of the message as a JSON object, which reach the chat template under their names; null when there are none.</summary>
    public string? ExtraJson { get; init; }
}
