using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace MedicalGpt.Host.Hub;

/// <summary>A file that is being fetched, and how much of it there is. A small one grows from its beginning, as the Python client's <c>.incomplete</c> files do, and its length is the state.
/// A large one is filled in parts; beside it lies a journal with the bytes done of each. Either is whole after a kill: bytes are written before they are counted.</summary>
internal sealed class PartialFile : IDisposable
{
    private const long JournalEvery = 1 << 20;
    private readonly string _path;
    private readonly string? _journalPath;
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle? _journal;
    private readonly long[] _noted;

    private PartialFile(string path, long size, long partSize, bool inParts)
    {
        _path = path;
        _journalPath = inParts ? path + ".parts" : null;
        Parts = [.. Cut(size, inParts ? partSize : Math.Max(size, 1))];
        _noted = new long[Parts.Count];
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        if (_journalPath is not null)
            _journal = File.OpenHandle(_journalPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        ReadState(size, partSize);
    }

    /// <summary>The parts, in order; one for a small file, none for an empty one.</summary>
    public IReadOnlyList<PartState> Parts { get; }

    /// <summary>Bytes that have arrived.</summary>
    public long Done => Parts.Sum(part => part.Done);

    /// <summary>Opens or begins a file that grows from its beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Its whole size in bytes.</param>
    /// <returns>The file.</returns>
    public static PartialFile Open(string path, long size) => new(path, size, 0, inParts: false);

    /// <summary>Opens or begins a file that is filled in parts. What <see cref="Open"/> (or the Python client) has of it is taken over.</summary>
    /// <param name="path">The file; the one that grows has the same name without <c>.parts</c>.</param>
    /// <param name="grown">The file that grows from its beginning; it need not exist.</param>
    /// <param name="size">Its whole size in bytes.</param>
    /// <param name="partSize">Size of a part.</param>
    /// <returns>The file.</returns>
    public static PartialFile OpenInParts(string path, string grown, long size, long partSize)
    {
        var begun = !File.Exists(path) && File.Exists(grown) ? new FileInfo(grown).Length : 0;
        if (begun > 0 && begun <= size)
            File.Move(grown, path);
        else
            begun = 0;
        var file = new PartialFile(path, size, partSize, inParts: true);
        if (begun > 0)
            file.TakeOver(begun);
        return file;
    }

    /// <summary>Adds bytes to a part.</summary>
    /// <param name="part">The part; one writer at a time.</param>
    /// <param name="bytes">The bytes, no more than are missing.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Ends when they are written.</returns>
    public async ValueTask WriteAsync(PartState part, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await RandomAccess.WriteAsync(_file, bytes, part.Next, cancellation);
        part.Done += bytes.Length;
        if (part.Missing == 0 || part.Done - _noted[part.Index] >= JournalEvery)
            Note(part);
    }

    /// <summary>Notes in the journal how much of a part there is.</summary>
    /// <param name="part">The part.</param>
    public void Note(PartState part)
    {
        if (_journal is null)
            return;
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, part.Done);
        RandomAccess.Write(_journal, number, (2 + part.Index) * (long)sizeof(long));
        _noted[part.Index] = part.Done;
    }

    /// <summary>Throws away what there is.</summary>
    public void Restart()
    {
        foreach (var part in Parts)
        {
            part.Done = 0;
            Note(part);
        }

        RandomAccess.SetLength(_file, 0);
    }

    /// <summary>Makes sure that the bytes are on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <summary>Closes the file and gives it its name.</summary>
    /// <param name="target">The name, in the same file system.</param>
    public void Finish(string target)
    {
        Dispose();
        File.Move(_path, target, overwrite: true);
        if (_journalPath is not null)
            File.Delete(_journalPath);
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(_path);
        if (_journalPath is not null)
            File.Delete(_journalPath);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _journal?.Dispose();
    }

    private static IEnumerable<PartState> Cut(long size, long partSize)
    {
        var index = 0;
        for (var start = 0L; start < size; start += partSize)
            yield return new PartState(index++, start, Math.Min(partSize, size - start));
    }

    private void TakeOver(long begun)
    {
        foreach (var part in Parts)
        {
            part.Done = Math.Clamp(begun - part.Start, 0, part.Length);
            Note(part);
        }
    }

    private void ReadState(long size, long partSize)
    {
        if (_journal is null)
        {
            var length = RandomAccess.GetLength(_file);
            if (length > size)
                RandomAccess.SetLength(_file, length = 0);
            if (Parts.Count > 0)
                Parts[0].Done = length;
            return;
        }

        var numbers = new byte[(2 + Parts.Count) * sizeof(long)];
        var read = RandomAccess.GetLength(_journal) == numbers.Length ? RandomAccess.Read(_journal, numbers, 0) : 0;
        if (read != numbers.Length || Number(numbers, 0) != size || Number(numbers, 1) != partSize || Parts.Any(part => Number(numbers, 2 + part.Index) < 0 || Number(numbers, 2 + part.Index) > part.Length))
        {
            Array.Clear(numbers);
            BinaryPrimitives.WriteInt64LittleEndian(numbers, size);
            BinaryPrimitives.WriteInt64LittleEndian(numbers.AsSpan(sizeof(long)), partSize);
            RandomAccess.SetLength(_journal, 0);
            RandomAccess.Write(_journal, numbers, 0);
        }

        foreach (var part in Parts)
            part.Done = _noted[part.Index] = Number(numbers, 2 + part.Index);
    }

    private static long Number(byte[] numbers, int index) => BinaryPrimitives.ReadInt64LittleEndian(numbers.AsSpan(index * sizeof(long)));
}
