using System.Text.Json;

namespace MedicalGpt.Training.Data;

/// <summary>Rows written column by column: <c>{"question": ["a", "b"], "answer": ["c", "d"]}</c>.</summary>
internal static class ColumnLists
{
    private static readonly string[] RowLists = ["input_ids", "labels", "attention_mask", "completion_mask", "prompt_ids", "chosen_ids", "rejected_ids", "messages", "conversations", "chosen", "rejected", "history", "tools", "options"];

    /// <summary>Whether members are columns: several lists of one length, not all of which are lists that one row may hold.</summary>
    /// <param name="members">Members of the only object of a file.</param>
    /// <param name="path">The file, for the error.</param>
    /// <exception cref="MedicalGptException">They are lists of several lengths, none of which one row may hold.</exception>
    public static bool AreIn(IReadOnlyList<JsonProperty> members, string path)
    {
        if (members.Count < 2 || members.Any(member => member.Value.ValueKind != JsonValueKind.Array) || members.All(member => RowLists.Contains(member.Name)))
            return false;
        if (members.Select(member => member.Value.GetArrayLength()).Distinct().Count() == 1)
            return true;
        return members.Any(member => RowLists.Contains(member.Name))
            ? false
            : throw new MedicalGptException("The columns of the file have different lengths.")
            {
                Place = path,
                Given = string.Join(", ", members.Take(8).Select(member => $"\"{member.Name}\" with {member.Value.GetArrayLength()} values")),
                Allowed = "as many values in each",
                Remedy = "mend the column that is short, or write one row per line (.jsonl)",
            };
    }

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
