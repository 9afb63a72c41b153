using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Text;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>
/// JSONL rows with text, in and out. A row has <c>text</c> (goes in as it is), <c>messages</c> (a dialogue), or <c>prompt</c> (a question or a
/// dialogue) with an optional answer in <c>completion</c> or <c>response</c> and an optional <c>system</c>.
/// </summary>
internal static class TextRows
{
    private const long MaxBytes = 4L << 30;
    private const string Allowed = "an object with \"text\", \"messages\" or \"prompt\" (and \"completion\" for an answer)";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>Its rows; at least one.</returns>
    /// <exception cref="MedicalGptException">A line is no such row.</exception>
    public static async Task<IReadOnlyList<TextRow>> ReadAsync(string path, CancellationToken cancellation)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new MedicalGptException("The input is too large.") { Place = path, Allowed = "at most 4 GiB; split the file" };
        var rows = new List<TextRow>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellation))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                rows.Add(Parse(line, $"{path}:{number}"));
        }

        return rows.Count > 0 ? rows : throw new MedicalGptException("The input has no rows.") { Place = path, Allowed = Allowed };
    }

    /// <summary>Writes rows.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="rows">Rows with their results.</param>
    /// <param name="cancellation">Stops writing.</param>
    /// <returns>When it is written.</returns>
    public static async Task WriteAsync(string path, IEnumerable<JsonObject> rows, CancellationToken cancellation)
    {
        var temporary = path + ".tmp";
        await File.WriteAllLinesAsync(temporary, rows.Select(row => row.ToJsonString(JsonText.Line)), cancellation);
        File.Move(temporary, path, overwrite: true);
    }

    private static TextRow Parse(string line, string place)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject row ? Read(row, place) : throw Wrong(place, line);
        }
        catch (JsonException error)
        {
            throw new MedicalGptException("The line is not JSON.", error) { Place = place, Given = Short(line), Allowed = Allowed };
        }
    }

    private static TextRow Read(JsonObject row, string place)
    {
        if (Text(row, "text") is { } text)
            return new TextRow(row, place) { Text = text };
        var messages = row["messages"] as JsonArray ?? row["prompt"] as JsonArray;
        var turns = messages?.Select((message, index) => JsonMessages.Read(message, $"{place}, message {index}")).ToList()
            ?? (Text(row, "prompt") is { } prompt ? [new Message(Roles.User, prompt)] : throw Wrong(place, row.ToJsonString(JsonText.Line)));
        if (Text(row, "system") is { } system)
            turns.Insert(0, new Message(Roles.System, system));
        if ((Text(row, "completion") ?? Text(row, "response")) is { } answer && row["prompt"] is not null)
            turns.Add(new Message(Roles.Assistant, answer));
        return turns.Count > 0 ? new TextRow(row, place) { Messages = turns, ToolsJson = (row["tools"] as JsonArray)?.ToJsonString() } : throw Wrong(place, row.ToJsonString(JsonText.Line));
    }

    private static string? Text(JsonObject row, string key) => row[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static MedicalGptException Wrong(string place, string given) => new("The row cannot be used.") { Place = place, Given = Short(given), Allowed = Allowed };

    private static string Short(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
