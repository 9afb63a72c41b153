using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>
/// Makes a row of a table's cells. Cells are text; only columns that hold lists, turns or numbers are read as JSON, so an answer that happens to look like a list stays an answer.
/// </summary>
/// <param name="columns">Says which field a column is.</param>
internal sealed class TableCells(ColumnMap columns)
{
    private static readonly HashSet<string> Lists =
        ["conversations", "messages", "history", "input_ids", "labels", "attention_mask", "completion_mask", "prompt_ids", "chosen_ids", "rejected_ids", "options", "choices", "CONTEXTS", "reward_model", "extra_info"];

    private static readonly HashSet<string> Turns = ["prompt", "completion", "chosen", "rejected", "response_chosen", "response_rejected", "data"];

    private static readonly HashSet<string> Numbers = ["margin", "label", "kto_tag", "answer_idx", "answer_number", "cop"];

    /// <summary>The row of one record.</summary>
    /// <exception cref="MedicalGptException">It has more or fewer cells than the header.</exception>
    public JsonElement Row(string[] header, string[] record, RowOrigin origin)
    {
        if (record.Length != header.Length)
            throw new MedicalGptException("A line of the table has another number of cells than its header.")
            {
                Place = origin.ToString(),
                Given = $"{record.Length} cells, the first {DataRow.Short(JsonSerializer.SerializeToElement(record[0]))}",
                Allowed = $"{header.Length} cells ({string.Join(", ", header)})",
                Remedy = "put cells that hold the separator, quotes or line breaks into quotes",
            };
        var row = new JsonObject();
        for (var i = 0; i < header.Length; i++)
            if (header[i].Length > 0)
                row[header[i]] = Value([.. columns.FieldsOf(header[i])], record[i]);
        return JsonSerializer.SerializeToElement(row);
    }

    private static JsonNode? Value(string[] fields, string cell)
    {
        var text = cell.Trim();
        if (fields.Any(Numbers.Contains))
            return Number(text, cell);
        if (fields.Any(Lists.Contains))
            return text.Length == 0 ? null : text[0] is '[' or '{' ? Json(text) ?? cell : cell;
        return fields.Any(Turns.Contains) && text is ['[' or '{', ..] && Json(text) is { } turns && IsTurns(turns) ? turns : JsonValue.Create(cell);
    }

    private static JsonNode? Number(string text, string cell)
    {
        if (text.Length == 0)
            return null;
        if (bool.TryParse(text, out var truth))
            return truth;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : cell;
    }

    private static bool IsTurns(JsonNode node) => (node is JsonArray { Count: > 0 } list ? list[0] : node) is JsonObject turn && (turn.ContainsKey("role") || turn.ContainsKey("from"));

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
