using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>Reads messages in OpenAI's shape.</summary>
internal static class JsonMessages
{
    private static readonly string[] Known = ["role", "content", "tool_calls", "reasoning_content", "name", "tool_call_id"];

    /// <summary>A message.</summary>
    /// <param name="node">JSON.</param>
    /// <param name="place">Where it stands, for errors.</param>
    /// <returns>The message; fields that are not known reach the chat template under their names.</returns>
    /// <exception cref="MedicalGptException">It has no role, or its content is neither text nor a list of parts.</exception>
    public static Message Read(JsonNode? node, string place)
    {
        if (node is not JsonObject message || Text(message, "role") is not { } role)
            throw new MedicalGptException("A message has no role.") { Place = place, Allowed = "{\"role\": …, \"content\": …}" };
        var extra = new JsonObject();
        foreach (var (key, value) in message)
            if (!Known.Contains(key))
                extra[key] = value?.DeepClone();
        return new Message(role, Content(message["content"], place))
        {
            ContentPartsJson = (message["content"] as JsonArray)?.ToJsonString(),
            ToolCallsJson = message["tool_calls"]?.ToJsonString(),
            ReasoningContent = Text(message, "reasoning_content"),
            Name = Text(message, "name"),
            ToolCallId = Text(message, "tool_call_id"),
            ExtraJson = extra.Count > 0 ? extra.ToJsonString() : null,
        };
    }

    private static string Content(JsonNode? content, string place) => content switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray parts => string.Concat(parts.Select(part => part is JsonObject item ? Text(item, "text") : null)),
        _ => throw new MedicalGptException("The content of a message is no text.") { Place = place, Allowed = "a string, null, or a list of {\"type\": \"text\", \"text\": …}" },
    };

    private static string? Text(JsonObject row, string key) => row[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
