using System.Runtime.InteropServices;

namespace MedicalGpt.Training;

/// <summary>Makes written files survive a power cut: data first, then the names.</summary>
internal static partial class DurableFiles
{
    private const int ReadOnly = 0;

    /// <summary>Flushes every file below a folder, then the folders.</summary>
    public static void FlushTree(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            FlushFile(file);
        foreach (var child in Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories))
            FlushDirectory(child);
        FlushDirectory(directory);
    }

    /// <summary>Flushes a file's data to the disk; the file may be read-only.</summary>
    public static void FlushFile(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            FlushPath(path);
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Flushes a folder's entries to the disk (Linux; elsewhere the file system does it).</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsLinux())
            FlushPath(path);
    }

    /// <summary>Writes a text file so that a reader sees the old or the new text, never half of it.</summary>
    public static void ReplaceText(string path, string text)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        FlushFile(temporary);
        File.Move(temporary, path, overwrite: true);
    }

    private static void FlushPath(string path)
    {
        var handle = Open(path, ReadOnly);
        if (handle < 0)
            throw new IOException($"cannot open {path} to flush it (errno {Marshal.GetLastPInvokeError()})");
        var failed = Sync(handle) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (failed)
            throw new IOException($"cannot flush {path} to the disk (errno {error})");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
