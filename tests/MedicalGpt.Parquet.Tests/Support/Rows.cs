using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Datasets.Parquet;

namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Reads files through the contract.</summary>
internal static class Rows
{
    public static IRowFormat Format { get; } = new ParquetFormat();

    public static async Task<List<JsonElement>> ReadAsync(string path, int limit = int.MaxValue)
    {
        List<JsonElement> rows = [];
        await foreach (var row in Format.ReadAsync(path, CancellationToken.None))
        {
            rows.Add(row);
            if (rows.Count == limit)
                break;
        }

        return rows;
    }

    public static async Task<string> TextAsync(string path) => string.Join('\n', (await ReadAsync(path)).Select(row => row.GetRawText()));

    public static async Task<MedicalGptException> FailAsync(string path)
    {
        var error = await Should.ThrowAsync<MedicalGptException>(() => ReadAsync(path));
        error.Message.ShouldContain(path);
        error.Remedy.ShouldNotBeNull();
        return error;
    }
}
