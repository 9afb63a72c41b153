using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>
/// Writes encoded rows to a file, one after the other, with memory for one row: the rows, where each ends, the summary, and a footer with the checksum of all before it.
/// The file has a temporary name that is locked while it is written; a half-written one is never taken for a whole one.
/// </summary>
internal sealed class RowStoreWriter : IDisposable
{
    private readonly FileStream file, ends;
    private readonly XxHash128 checksum = new();
    private readonly ArrayBufferWriter<byte> buffer = new();
    private long position;
    private int count;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its temporary name.</param>
    public RowStoreWriter(string path)
    {
        Path = path;
        file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18);
        ends = new FileStream(path + ".ends", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 14, FileOptions.DeleteOnClose);
        Append(RowStoreFormat.Magic);
    }

    /// <summary>The temporary name.</summary>
    public string Path { get; }

    /// <summary>Bytes so far.</summary>
    public long Length => position;

    /// <summary>Adds a row.</summary>
    public void Add(EncodedExample row)
    {
        buffer.ResetWrittenCount();
        RowRecord.Write(row, buffer);
        Append(buffer.WrittenSpan);
        ends.Write(MemoryMarshal.AsBytes([position]));
        count++;
    }

    /// <summary>Ends the file and flushes it to the disk.</summary>
    /// <param name="summary">What is stored with the rows.</param>
    public void Complete(RowSummary summary)
    {
        Append(new byte[(8 - (position & 7)) & 7]);
        var endsAt = position;
        ends.Position = 0;
        var block = new byte[1 << 16];
        for (int read; (read = ends.Read(block)) > 0;)
            Append(block.AsSpan(0, read));
        var text = JsonSerializer.SerializeToUtf8Bytes(summary);
        var textAt = position;
        Append(text);
        Append(MemoryMarshal.AsBytes([endsAt, textAt, text.Length, count]));
        file.Write(checksum.GetCurrentHash());
        file.Write(RowStoreFormat.Magic);
        file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        finally
        {
            ends.Dispose();
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        checksum.Append(bytes);
        position += bytes.Length;
    }
}
