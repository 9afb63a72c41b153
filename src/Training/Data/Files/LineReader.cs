using System.Runtime.CompilerServices;

namespace MedicalGpt.Training.Data;

/// <summary>Reads a file line by line as bytes, with bounded memory.</summary>
internal static class LineReader
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int LineLimit = 64 << 20;

    /// <summary>Lines without their ends, numbered from 1; a byte order mark is dropped.</summary>
    public static async IAsyncEnumerable<(long Number, ReadOnlyMemory<byte> Bytes)> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = DataStream.Open(path);
        var buffer = new byte[1 << 16];
        var filled = 0;
        var number = 0L;
        while (true)
        {
            if (filled == buffer.Length)
                Grow(ref buffer, path, number + 1);
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            var scanned = filled;
            filled += read;
            var start = 0;
            while (buffer.AsSpan(Math.Max(start, scanned)..filled).IndexOf((byte)'\n') is >= 0 and var ahead)
            {
                var end = Math.Max(start, scanned) + ahead;
                yield return (++number, Trim(buffer.AsMemory(start..end), number));
                start = end + 1;
            }

            buffer.AsSpan(start..filled).CopyTo(buffer);
            filled -= start;
            if (read > 0)
                continue;
            if (filled > 0)
                yield return (++number, Trim(buffer.AsMemory(0, filled), number));
            yield break;
        }
    }

    private static void Grow(ref byte[] buffer, string path, long line)
    {
        if (buffer.Length >= LineLimit)
            throw new MedicalGptException($"The line is longer than {LineLimit >> 20} MiB.") { Place = $"{path}:{line}", Remedy = "a row must fit in that; is the file one row per line?" };
        Array.Resize(ref buffer, buffer.Length * 2);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, long number)
    {
        if (number == 1 && line.Span.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
