using System.Collections;
using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>Encoded rows in a file that is mapped into memory: a row is read when it is asked for, so the managed heap holds none of them.</summary>
internal sealed unsafe class RowStore : IReadOnlyList<EncodedExample>, IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly long endsAt, length;
    private byte* start;

    private RowStore(MemoryMappedFile map, long length)
    {
        this.map = map;
        this.length = length;
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        var numbers = MemoryMarshal.Cast<byte, long>(Bytes(length - RowStoreFormat.FooterBytes, 32));
        (endsAt, var textAt, var textLength, Count) = (numbers[0], numbers[1], numbers[2], (int)numbers[3]);
        if (endsAt < 8 || textAt != endsAt + (8L * Count) || textLength < 2 || textAt + textLength + RowStoreFormat.FooterBytes != length)
            throw new InvalidDataException("the parts do not fit");
        Summary = JsonSerializer.Deserialize<RowSummary>(Bytes(textAt, (int)textLength)) ?? throw new InvalidDataException("no summary");
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>What is stored with the rows.</summary>
    public RowSummary Summary { get; }

    /// <inheritdoc/>
    public EncodedExample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ObjectDisposedException.ThrowIf(start is null, this);
            var from = index == 0 ? RowStoreFormat.Magic.Length : End(index - 1);
            return RowRecord.Read(Bytes(from, checked((int)(End(index) - from))));
        }
    }

    /// <summary>Opens a file that this process has just written.</summary>
    public static RowStore Open(string path)
    {
        var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        try
        {
            return new RowStore(map, new FileInfo(path).Length);
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file after checking every byte of it.</summary>
    /// <returns>The rows; null when the file is damaged or not whole.</returns>
    public static RowStore? OpenChecked(string path)
    {
        try
        {
            return IsWhole(path) ? Open(path) : null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<EncodedExample> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (start is null)
            return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }

    private static bool IsWhole(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0);
        var left = file.Length - RowStoreFormat.ChecksumBytes - 8;
        if (file.Length < RowStoreFormat.FooterBytes + 8)
            return false;
        var checksum = new XxHash128();
        var block = new byte[1 << 20];
        while (left > 0)
        {
            var read = file.Read(block.AsSpan(0, (int)Math.Min(block.Length, left)));
            if (read == 0)
                return false;
            checksum.Append(block.AsSpan(0, read));
            left -= read;
        }

        var tail = new byte[RowStoreFormat.ChecksumBytes + 8];
        file.ReadExactly(tail);
        return tail.AsSpan(0, RowStoreFormat.ChecksumBytes).SequenceEqual(checksum.GetCurrentHash()) && tail.AsSpan(RowStoreFormat.ChecksumBytes).SequenceEqual(RowStoreFormat.Magic);
    }

    private long End(int index) => MemoryMarshal.Read<long>(Bytes(endsAt + (8L * index), 8));

    private ReadOnlySpan<byte> Bytes(long at, int count) => at >= 0 && count >= 0 && at + count <= length ? new(start + at, count) : throw new InvalidDataException("a part lies outside the file");
}
