using System.Runtime.CompilerServices;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads files whose format a plugin gives. A compressed one is unpacked to a temporary file first, since such formats are read from several places at once.</summary>
internal static class PluginRows
{
    private const long UnpackedLimit = 64L << 30;

    /// <summary>The rows of a file, in order.</summary>
    public static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadAsync(DataFile file, DataReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var format = options.Formats.Get(file.Format);
        var unpacked = DataFileName.Of(file.Path).Compression is null ? null : Path.Combine(Path.GetTempPath(), $"medgpt-{Guid.NewGuid():N}.{file.Format}");
        try
        {
            if (unpacked is not null)
                await UnpackAsync(file.Path, unpacked, cancellationToken);
            var number = 0L;
            await foreach (var row in format.ReadAsync(unpacked ?? file.Path, cancellationToken))
                yield return (row, new RowOrigin(file.Path, ++number));
        }
        finally
        {
            if (unpacked is not null)
                File.Delete(unpacked);
        }
    }

    private static async Task UnpackAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = DataStream.Open(from, UnpackedLimit);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        await source.CopyToAsync(target, cancellationToken);
    }
}
