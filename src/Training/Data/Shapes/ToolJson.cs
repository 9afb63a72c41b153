using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Brings tools and calls of ShareGPT rows into OpenAI's form, which templates expect.</summary>
internal static class ToolJson
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tools of a row: a list, or a string that holds one; null = none.</summary>
    public static string? Tools(DataRow row)
    {
        if (!row.Has("tools") || (row.IsText("tools") && string.IsNullOrWhiteSpace(row.Text("tools"))))
            return null;
        var tools = Parse(row.IsText("tools") ? row.Text("tools") : row.Get("tools").GetRawText());
        if (tools is not JsonArray list || !list.All(t => t is JsonObject))
            throw row.Wrong("tools", "a JSON list of tool schemas");
        return list.Count == 0 ? null : new JsonArray([.. list.Select(t => Wrap((JsonObject)WithoutNulls(t!)))]).ToJsonString(Relaxed);
    }

    /// <summary>A turn of the role function_call: JSON with name and arguments, or a list of such.</summary>
    /// <exception cref="FormatException">It is something else; the message says what is expected.</exception>
    public static Message Call(string content)
    {
        IReadOnlyList<JsonNode?> calls = Parse(content) switch
        {
            JsonObject one => [one],
            JsonArray many => [.. many],
            _ => [],
        };
        if (calls.Count == 0 || calls.Any(call => call is not JsonObject members || members["name"]?.GetValueKind() != JsonValueKind.String || !members.ContainsKey("arguments")))
            throw new FormatException("JSON with \"name\" and \"arguments\", or a list of such, in a turn of function_call (what is said in words is a turn of gpt)");
        RequireArguments(calls);
        return new Message(Roles.Assistant, "") { ToolCallsJson = new JsonArray([.. calls.Select(call => Wrap((JsonObject)call!))]).ToJsonString(Relaxed) };
    }

    /// <summary>The calls of a turn: <c>tool_calls</c>, or the older <c>function_call</c> with one; null = none. Members that are null (columnar files fill them in) are left out.</summary>
    /// <exception cref="FormatException">They are something else; the message says what is expected.</exception>
    public static string? Calls(JsonElement turn)
    {
        if (turn.TryGetProperty("tool_calls", out var calls) && calls.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
        {
            // Tables hold the list as text; some writers leave the list out around one call.
            var text = calls.ValueKind == JsonValueKind.String ? calls.GetString()! : calls.GetRawText();
            JsonArray? list = string.IsNullOrWhiteSpace(text) ? [] : Parse(text) switch { JsonArray many => many, JsonObject one => [one.DeepClone()], _ => null };
            if (list is null || list.Any(call => call is not JsonObject))
                throw new FormatException("a list of calls in \"tool_calls\"");
            RequireArguments(list);
            if (list.Count > 0)
                return WithoutNulls(list).ToJsonString(Relaxed);
        }

        if (!turn.TryGetProperty("function_call", out var call) || call.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            return null;
        if (call.ValueKind != JsonValueKind.Object)
            throw new FormatException("an object with \"name\" and \"arguments\" in \"function_call\"");
        var members = (JsonObject)WithoutNulls(JsonNode.Parse(call.GetRawText())!);
        RequireArguments([members]);
        return members.Count == 0 ? null : new JsonArray(Wrap(members)).ToJsonString(Relaxed);
    }

    // OpenAI writes arguments as text; text that is no object would teach calls that nobody can parse.
    private static void RequireArguments(IEnumerable<JsonNode?> calls)
    {
        foreach (var call in calls)
            if ((call!["function"] is JsonObject function ? function : call)["arguments"] is JsonValue value && value.TryGetValue<string>(out var text) && Parse(text) is not JsonObject)
                throw new FormatException($"a JSON object in \"arguments\", such as {{\"city\": \"…\"}}, also as text ({{}} = none), not {DataRow.Short(text)}");
    }

    private static JsonNode WithoutNulls(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is null)
                    members.Remove(name);
                else
                    WithoutNulls(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>())
                WithoutNulls(item);
        }

        return node;
    }

    private static JsonNode Wrap(JsonObject function) =>
        function.ContainsKey("function") ? function.DeepClone() : new JsonObject { ["type"] = "function", ["function"] = function.DeepClone() };

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
