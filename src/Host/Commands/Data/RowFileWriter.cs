namespace MedicalGpt.Host.Commands.Data;

/// <summary>Writes a JSONL file under a temporary name; it gets its own when it is whole.</summary>
/// <param name="path">Its name.</param>
internal sealed class RowFileWriter(string path) : IAsyncDisposable
{
    private readonly string temporary = $"{path}.{Environment.ProcessId}.tmp";
    private StreamWriter? writer;
    private bool complete;

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row.</summary>
    /// <param name="line">JSON in one line.</param>
    public Task WriteAsync(string line)
    {
        writer ??= new StreamWriter(temporary) { NewLine = "\n" };
        Rows++;
        return writer.WriteLineAsync(line);
    }

    /// <summary>Ends the file.</summary>
    public void Complete()
    {
        writer ??= new StreamWriter(temporary);
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        writer.Dispose();
        File.Move(temporary, path, overwrite: true);
        complete = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (writer is null || complete)
            return;
        await writer.DisposeAsync();
        File.Delete(temporary);
    }
}
