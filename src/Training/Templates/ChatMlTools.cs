using System.Text;
using System.Text.Json;

namespace MedicalGpt.Training.Templates;

/// <summary>How Qwen2.5's dialect of ChatML writes tool schemas and calls.</summary>
internal static class ChatMlTools
{
    private const string Intro = "\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>";

    private const string Outro = "\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n" +
        "<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>";

    /// <summary>The schemas of a JSON array; empty when there are none.</summary>
    public static IReadOnlyList<JsonElement> Schemas(string? toolsJson)
    {
        if (toolsJson is null)
            return [];
        var tools = Parse(toolsJson, "tools");
        return tools.ValueKind == JsonValueKind.Array ? [.. tools.EnumerateArray()] : throw NotList(toolsJson, "tools");
    }

    /// <summary>Writes the schemas into the system turn.</summary>
    public static void WriteSchemas(IReadOnlyList<JsonElement> tools, ChatTextBuilder text)
    {
        text.Template(Intro);
        foreach (var tool in tools)
            text.Template("\n").Content(Json(tool));
        text.Template(Outro);
    }

    /// <summary>Writes the calls of an assistant's turn, from behind its header's line end or its content.</summary>
    public static void WriteCalls(string toolCallsJson, bool afterContent, ChatTextBuilder text)
    {
        var calls = Parse(toolCallsJson, "tool_calls");
        if (calls.ValueKind != JsonValueKind.Array)
            throw NotList(toolCallsJson, "tool_calls");
        foreach (var call in calls.EnumerateArray())
        {
            var function = call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var inner) ? inner : call;
            if (function.ValueKind != JsonValueKind.Object || !function.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || !function.TryGetProperty("arguments", out var arguments))
                throw new MedicalGptException($"A tool call is {Short(call.GetRawText())}; expected an object with name and arguments.");
            text.Template($"{(afterContent ? "\n" : "")}<tool_call>\n{{\"name\": \"").Content(name.GetString()!).Template("\", \"arguments\": ");
            text.Content(Json(arguments)).Template("}\n</tool_call>");
            afterContent = true;
        }
    }

    private static JsonElement Parse(string json, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new MedicalGptException($"The {what} of a dialogue are not JSON: {Short(json)} ({e.Message})", e);
        }
    }

    private static string Json(JsonElement value)
    {
        var output = new StringBuilder();
        PythonJson.Write(value, output);
        return output.ToString();
    }

    private static MedicalGptException NotList(string json, string what) => new($"The {what} of a dialogue are {Short(json)}; expected a JSON array.");

    private static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
