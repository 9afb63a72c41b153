using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Fills columns of rows from other files of a dataset, which are held in memory as id and text.</summary>
internal sealed class RowJoins
{
    private readonly List<(DatasetJoin Join, Dictionary<string, string> Texts)> _joins = [];

    private RowJoins()
    {
    }

    /// <summary>Reads the other files; null = there are none.</summary>
    /// <exception cref="MedicalGptException">A file is missing or lacks a column.</exception>
    public static async Task<RowJoins?> LoadAsync(string folder, IReadOnlyList<DatasetJoin> joins, DataReadOptions options, CancellationToken cancellationToken)
    {
        if (joins.Count == 0)
            return null;
        var loaded = new RowJoins();
        var tables = new Dictionary<(string, string, string), Dictionary<string, string>>();
        foreach (var join in joins)
        {
            var key = (join.File, join.Key, join.Value);
            if (!tables.TryGetValue(key, out var texts))
                tables[key] = texts = await TextsAsync(folder, join, options, cancellationToken);
            loaded._joins.Add((join, texts));
        }

        return loaded;
    }

    /// <summary>The row with its new columns.</summary>
    /// <exception cref="MedicalGptException">An id has no text.</exception>
    public JsonElement Complete(JsonElement row, RowOrigin origin)
    {
        var complete = JsonObject.Create(row) ?? throw new MedicalGptException("The row is no JSON object.") { Place = origin.ToString(), Given = DataRow.Short(row) };
        foreach (var (join, texts) in _joins)
        {
            var id = Text(row, join.By);
            complete[join.Column] = id is not null && texts.TryGetValue(id, out var text)
                ? text
                : throw new MedicalGptException($"An id has no text in {join.File}.") { Place = origin.ToString(), Given = $"{join.By} {id ?? "(missing)"}", Allowed = $"one of the column {join.Key} of {join.File}" };
        }

        return JsonSerializer.SerializeToElement(complete);
    }

    private static async Task<Dictionary<string, string>> TextsAsync(string folder, DatasetJoin join, DataReadOptions options, CancellationToken cancellationToken)
    {
        var path = FilePattern.Find(folder, join.File) is [var only, ..] ? only : throw new MedicalGptException("A file of the dataset is missing.") { Place = folder, Given = $"no {join.File}", Remedy = "fetch the whole dataset, and unpack what is packed (.zip)" };
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (row, origin) in RowReader.ReadAsync(DataFile.Of(path), options, new ColumnMap(new Dictionary<string, string>()), new BadRows(options, path), cancellationToken))
        {
            var key = Text(row, join.Key) ?? throw new MedicalGptException($"The row has no \"{join.Key}\".") { Place = origin.ToString(), Given = DataRow.Short(row) };
            var text = Text(row, join.Value) ?? throw new MedicalGptException($"The row has no \"{join.Value}\".") { Place = origin.ToString(), Given = DataRow.Short(row) };
            if (!texts.TryAdd(key, text) && texts[key] != text)
                throw new MedicalGptException("An id has two texts, so it is not clear which one rows mean.") { Place = origin.ToString(), Given = $"{join.Key} {DataRow.Short(key)}: \"{DataRow.Short(texts[key])}\", then \"{DataRow.Short(text)}\"", Allowed = "each id once, or twice with the same text", Remedy = "remove the line that is not meant" };
        }

        return texts;
    }

    private static string? Text(JsonElement row, string column) => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(column, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
