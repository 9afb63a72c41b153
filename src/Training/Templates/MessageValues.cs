using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates;

/// <summary>
/// Messages as values of templates. All texts count as content, but for the names of roles that templates know: these make up special tokens (<c>&lt;|user|&gt;</c>).
/// Calls come in OpenAI's shape, their arguments as objects, as servers hand them to templates.
/// </summary>
internal static class MessageValues
{
    // A role outside this list is content, so that no row can spell a special token with it.
    private static readonly string[] KnownRoles = ["system", "user", "assistant", "tool", "developer", "function", "ipython", "observation", "tool_results", "tool_response", "context", "documents"];

    /// <summary>A dialogue.</summary>
    public static ListValue Of(IReadOnlyList<Message> messages) => new([.. messages.Select(Of)]);

    /// <summary>JSON of data that is no message; none where it is absent.</summary>
    public static Value Data(string? json, string what) => json is null ? NoneValue.Instance : JsonValues.Of(Parse(json, what), Mark.Data);

    private static Value Of(Message message, int index)
    {
        var entries = DictValue.NewEntries();
        void Set(string name, Value value) => entries[new StringValue(name)] = value;
        Set("role", KnownRoles.Contains(message.Role) ? new StringValue(message.Role) : StringValue.Content(message.Role, index));
        Set("content", message.ContentPartsJson is null ? StringValue.Content(message.Content, index) : JsonValues.Of(Parse(message.ContentPartsJson, "content parts"), index));
        if (message.ReasoningContent is not null)
            Set("reasoning_content", StringValue.Content(message.ReasoningContent, index));
        if (message.ToolCallsJson is not null)
            Set("tool_calls", Calls(message.ToolCallsJson, index));
        if (message.ToolCallId is not null)
            Set("tool_call_id", StringValue.Content(message.ToolCallId, index));
        if (message.Name is not null)
            Set("name", StringValue.Content(message.Name, index));
        if (message.ExtraJson is not null && JsonValues.Of(Parse(message.ExtraJson, "further fields"), index) is DictValue extra)
            foreach (var (key, value) in extra.Entries)
                entries.TryAdd(key, value);
        return new DictValue(entries);
    }

    private static ListValue Calls(string json, int index)
    {
        var calls = Parse(json, "tool_calls");
        if (calls.ValueKind != JsonValueKind.Array)
            throw new MedicalGptException($"The tool_calls of a dialogue are {Short(json)}; expected a JSON array.");
        return new ListValue([.. calls.EnumerateArray().Select(call => Call(call, index))]);
    }

    private static DictValue Call(JsonElement call, int index)
    {
        var isObject = call.ValueKind == JsonValueKind.Object;
        var wrapped = isObject && call.TryGetProperty("function", out var inner) ? inner : call;
        if (wrapped.ValueKind != JsonValueKind.Object || !wrapped.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || !wrapped.TryGetProperty("arguments", out var arguments))
            throw new MedicalGptException($"A tool call is {Short(call.GetRawText())}; expected an object with name and arguments.");
        var function = (DictValue)JsonValues.Of(wrapped, index);
        if (arguments.ValueKind == JsonValueKind.String && Object(arguments.GetString()!) is { } parsed)
            function.Entries[new StringValue("arguments")] = JsonValues.Of(parsed, index);
        if (!call.TryGetProperty("function", out _))
        {
            var entries = DictValue.NewEntries();
            entries[new StringValue("type")] = new StringValue("function");
            entries[new StringValue("function")] = function;
            return new DictValue(entries);
        }

        var outer = (DictValue)JsonValues.Of(call, index);
        outer.Entries[new StringValue("function")] = function;
        return outer;
    }

    private static JsonElement? Object(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(json) is { ValueKind: JsonValueKind.Object } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(string json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException e)
        {
            throw new MedicalGptException($"The {what} of a dialogue are not JSON: {Short(json)} ({e.Message})", e);
        }
    }

    private static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
