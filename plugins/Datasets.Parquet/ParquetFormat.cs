using System.Runtime.CompilerServices;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Parquet;

/// <summary>Reads Parquet files row by row (docs/data-formats.md says what values become). Written from the format's specification, https://parquet.apache.org/docs/file-format/.</summary>
internal sealed class ParquetFormat : IRowFormat
{
    /// <inheritdoc/>
    /// <remarks>One page per column is in memory at a time. Reading is synchronous: pages are small and their decoding, not the disk, takes the time.</remarks>
    public async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var reader = ParquetReader.Open(path);
        while (reader.TryRead(out var row))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
