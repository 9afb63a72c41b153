using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Reads rows in tests.</summary>
internal static class Rows
{
    public static async Task<List<Example>> ReadAsync(string path, ExampleKind kind, DataReadOptions? options = null)
    {
        var rows = new List<Example>();
        await foreach (var row in FileDataset.FromPath(path, null, options).ReadAsync(new DatasetRequest(kind, null, "train"), default))
            rows.Add(row);
        return rows;
    }

    public static async Task<Example> OneAsync(string json, ExampleKind kind, DataReadOptions? options = null, string name = "rows.jsonl")
    {
        using var file = new TemporaryFile(name, json);
        return (await ReadAsync(file.Path, kind, options)).ShouldHaveSingleItem();
    }

    public static async Task<string> ErrorAsync(string content, ExampleKind kind, string name = "rows.jsonl")
    {
        using var file = new TemporaryFile(name, content);
        return (await Should.ThrowAsync<MedicalGptException>(() => ReadAsync(file.Path, kind))).ToBlock().Replace(file.Folder, "DIR", StringComparison.Ordinal);
    }
}
