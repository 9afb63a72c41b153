using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>A row of a JSONL file with text.</summary>
/// <param name="Source">The row as it was read; results are added to a copy.</param>
/// <param name="Place">File and line.</param>
internal sealed record TextRow(JsonObject Source, string Place)
{
    /// <summary>Plain text that goes into the model as it is; null for dialogues.</summary>
    public string? Text { get; init; }

    /// <summary>Turns of a dialogue, an answer at its end included; empty for plain text.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>JSON array of tool schemas; null when there are none.</summary>
    public string? ToolsJson { get; init; }

    /// <summary>True when the last turn is an answer.</summary>
    public bool IsAnswered => Messages.Count > 0 && Messages[^1].Role == Roles.Assistant;
}
