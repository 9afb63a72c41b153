using System.Text.Json;

namespace MedicalGpt.Training.Data;

/// <summary>Finds a value inside a row: <c>a.b</c> is the member b of the column a, <c>a.0</c> the first item of a list. A string that holds JSON is looked into.</summary>
internal static class ColumnPath
{
    /// <summary>The value at a path; undefined where there is none. A column with exactly the path's name comes first.</summary>
    /// <param name="row">The row.</param>
    /// <param name="path">Steps with dots between them.</param>
    /// <param name="inside">False = a column's name only.</param>
    public static JsonElement Find(JsonElement row, string path, bool inside = true)
    {
        if (row.TryGetProperty(path, out var whole) || !inside || !path.Contains('.', StringComparison.Ordinal))
            return whole;
        var current = row;
        foreach (var step in path.Split('.'))
        {
            current = Step(current.ValueKind == JsonValueKind.String ? Inside(current.GetString()!) : current, step);
            if (current.ValueKind == JsonValueKind.Undefined)
                return default;
        }

        return current;
    }

    private static JsonElement Step(JsonElement value, string step)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.TryGetProperty(step, out var member) ? member : default;
            case JsonValueKind.Array:
                return int.TryParse(step, out var index) && index >= 0 && index < value.GetArrayLength() ? value[index] : default;
            default:
                return default;
        }
    }

    private static JsonElement Inside(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return default;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
