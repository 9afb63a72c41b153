using System.Text.Json;

namespace MedicalGpt.Training.Data;

/// <summary>Rows written column by column: <c>{"question": ["a", "b"], "answer": ["c", "d"]}</c>.</summary>
internal static class ColumnLists
{
    private static readonly string[] RowLists = ["input_ids", "labels", "attention_mask", "completion_mask", "prompt_ids", "chosen_ids", "rejected_ids", "messages", "conversations", "chosen", "rejected", "history", "tools", "options"];

    /// <summary>Whether members are columns: several lists of one length, none of which is a list that one row may hold.</summary>
    public static bool AreIn(IReadOnlyList<JsonProperty> members) =>
        members.Count > 1 && members.All(member => member.Value.ValueKind == JsonValueKind.Array) && members.Select(member => member.Value.GetArrayLength()).Distinct().Count() == 1
        && !members.All(member => RowLists.Contains(member.Name));

    /// <summary>The rows of columns.</summary>
    public static List<JsonElement> Rows(IReadOnlyList<JsonProperty> columns)
    {
        var values = columns.Select(column => column.Value.EnumerateArray().ToArray()).ToArray();
        var rows = new List<JsonElement>(values[0].Length);
        for (var i = 0; i < values[0].Length; i++)
            rows.Add(JsonSerializer.SerializeToElement(columns.Select((column, c) => (column.Name, Value: values[c][i])).ToDictionary(cell => cell.Name, cell => cell.Value)));
        return rows;
    }
}
