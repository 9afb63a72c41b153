using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads turns: ShareGPT's <c>{from, value}</c> and OpenAI's <c>{role, content, tool_calls}</c>, whichever each turn has.</summary>
internal static class MessageReader
{
    /// <summary>Reads a list of turns.</summary>
    public static List<Message> Read(DataRow row, string field)
    {
        if (!row.IsList(field))
            throw row.Wrong(field, "a list of turns");
        var messages = new List<Message>();
        foreach (var turn in row.Get(field).EnumerateArray())
            messages.Add(Turn(row, $"{row.Column(field)}[{messages.Count}]", turn));
        return messages.Count > 0 ? messages : throw row.Wrong(field, "at least one turn");
    }

    /// <summary>Whether a list of turns is a question that nobody has answered yet: turns of the user, perhaps behind a system turn.</summary>
    public static bool OnlyAsks(DataRow row, string field) => row.IsList(field) && row.Get(field).GetArrayLength() > 0 && row.Get(field).EnumerateArray().All(turn =>
        turn.ValueKind == JsonValueKind.Object && Member(turn, "from", "role") is { ValueKind: JsonValueKind.String } speaker && speaker.GetString()!.ToUpperInvariant() is "HUMAN" or "USER" or "SYSTEM");

    /// <summary>Reads one turn.</summary>
    public static Message Turn(DataRow row, string place, JsonElement turn)
    {
        if (turn.ValueKind != JsonValueKind.Object)
            throw Wrong(row, place, turn, "a turn such as {\"from\": \"human\", \"value\": \"…\"} or {\"role\": \"user\", \"content\": \"…\"}");
        var speaker = Member(turn, "from", "role");
        if (speaker.ValueKind != JsonValueKind.String)
            throw Wrong(row, place, turn, "a turn with \"from\" or \"role\"");
        var calls = Calls(row, place, turn, () => ToolJson.Calls(turn));
        var content = Content(row, place, Member(turn, "value", "content"), calls is not null);
        var name = speaker.GetString()!;
        var message = name.ToUpperInvariant() switch
        {
            "HUMAN" or "USER" => new Message(Roles.User, content),
            "GPT" or "ASSISTANT" or "BOT" or "MODEL" => new Message(Roles.Assistant, content) { ToolCallsJson = calls },
            "SYSTEM" => new Message(Roles.System, content),
            "OBSERVATION" or "TOOL" or "FUNCTION" or "IPYTHON" => new Message(Roles.Tool, content),
            "FUNCTION_CALL" => Calls(row, place, turn, () => ToolJson.Call(content)),
            _ => throw new MedicalGptException("A turn has an unknown role.") { Place = $"{row.Origin}, {place}", Given = $"\"{name}\"", Allowed = "human or user, gpt or assistant, system, function_call, observation or tool", Remedy = "rename the role in the data, or leave the row out" },
        };
        if (calls is not null && message.ToolCallsJson != calls)
            throw Wrong(row, place, turn, "calls of tools in a turn of the assistant only");
        return message with
        {
            Learn = Weight(row, place, turn),
            ReasoningContent = TextOf(row, place, turn, "reasoning_content"),
            Name = TextOf(row, place, turn, "name"),
            ToolCallId = TextOf(row, place, turn, "tool_call_id"),
        };
    }

    private static T Calls<T>(DataRow row, string place, JsonElement turn, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw Wrong(row, place, turn, e.Message);
        }
    }

    private static string? TextOf(DataRow row, string place, JsonElement turn, string name)
    {
        if (!turn.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(row, place, value, $"text in \"{name}\"");
    }

    private static JsonElement Member(JsonElement turn, string first, string second) =>
        turn.TryGetProperty(first, out var value) || turn.TryGetProperty(second, out value) ? value : default;

    private static string Content(DataRow row, string place, JsonElement content, bool hasCalls)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return content.GetString()!;
            case JsonValueKind.Null or JsonValueKind.Undefined when hasCalls:
                return "";
            case JsonValueKind.Array:
                return string.Concat(content.EnumerateArray().Select(part => Part(row, place, part)));
            default:
                throw Wrong(row, place, content, "text in \"value\" or \"content\"");
        }
    }

    private static string Part(DataRow row, string place, JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw Wrong(row, place, part, "text parts only ({\"type\": \"text\", \"text\": \"…\"})");

    private static bool? Weight(DataRow row, string place, JsonElement turn)
    {
        if (!turn.TryGetProperty("weight", out var weight) || weight.ValueKind == JsonValueKind.Null)
            return null;
        return weight.ValueKind == JsonValueKind.Number && weight.TryGetInt32(out var value) && value is 0 or 1 ? value == 1 : throw Wrong(row, place, weight, "a \"weight\" of 0 or 1");
    }

    private static MedicalGptException Wrong(DataRow row, string place, JsonElement given, string expected) =>
        new("A turn cannot be used.") { Place = $"{row.Origin}, {place}", Given = DataRow.Short(given), Allowed = expected };
}
