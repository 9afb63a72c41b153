using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Templates;

/// <summary>What of a dialogue a chat template does not write: many know no system turn, no tools or no reasoning, and say nothing when they get one.</summary>
internal static class TemplateOmissions
{
    /// <summary>What is left out, for people.</summary>
    /// <param name="chat">The dialogue as rendered.</param>
    /// <param name="messages">Its turns.</param>
    /// <param name="toolsJson">Its tools.</param>
    /// <param name="answersFrom">The first turn whose reasoning and calls are to be learned; those before it are history, of which templates leave reasoning out on purpose.</param>
    public static IEnumerable<string> Of(RenderedChat chat, IReadOnlyList<Message> messages, string? toolsJson, int answersFrom)
    {
        var written = new bool[messages.Count];
        var tools = toolsJson is null;
        foreach (var range in chat.Content.Where(range => range.End > range.Start))
        {
            if (range.Message < 0)
                tools = true;
            else
                written[range.Message] = true;
        }

        if (!tools)
            yield return "the list of tools";
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (!written[i] && !string.IsNullOrWhiteSpace(message.Content))
                yield return message.Role switch { Roles.System => "the system turn", Roles.Tool => "results of tools", _ => $"turns of the {message.Role}" };
            if (message.Role != Roles.Assistant)
                continue;
            if (message.ToolCallsJson is { } calls && !Names(calls).All(name => Words(chat, i).Contains(name, StringComparison.Ordinal)))
                yield return "calls of tools";
            if (i >= answersFrom && (message.Learn ?? true) && message.ReasoningContent?.Trim() is { Length: > 0 } reasoning && !Words(chat, i).Contains(reasoning, StringComparison.Ordinal))
                yield return "the assistant's reasoning";
        }
    }

    private static string Words(RenderedChat chat, int message) => string.Concat(chat.Content.Where(range => range.Message == message).Select(range => chat.Text[range.Start..range.End]));

    private static IEnumerable<string> Names(string callsJson)
    {
        using var calls = JsonDocument.Parse(callsJson);
        return [.. calls.RootElement.EnumerateArray().Select(call => call.TryGetProperty("function", out var function) ? function : call).Select(function => function.GetProperty("name").GetString()!)];
    }
}
