using System.Globalization;

namespace MedicalGpt.Training;

/// <summary>
/// A folder of encoded rows, one file per key. A key names everything that decides what the rows become, so a file is right or is not there.
/// Files are written under a temporary name, flushed and renamed, and checked byte by byte before they are used again: neither a kill nor two runs at once can leave a wrong one. The files used longest ago are deleted when the folder grows too large.
/// </summary>
/// <param name="folder">The folder; made when it is needed.</param>
public sealed class RowCache(string folder)
{
    private const string Ending = ".rows", Temporary = ".tmp-";
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Most bytes of files that are kept; 0 = rows are encoded anew by every run.</summary>
    public long MaxBytes { get; init; } = 20L << 30;

    /// <summary>Files that are smaller are not kept: encoding them again takes a moment.</summary>
    public long MinBytes { get; init; } = 1 << 20;

    /// <summary>Encode anew and replace what is kept.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The folder that is used unless another is named: <c>medgpt/rows</c> below <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>; below the system's temporary folder where there is no home.</summary>
    public static string DefaultFolder
    {
        get
        {
            var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(string.IsNullOrEmpty(caches) ? home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath() : caches, "medgpt", "rows");
        }
    }

    /// <summary>The rows of a key; null when there are none, or they are damaged (then the file is deleted).</summary>
    internal RowStore? Find(string key)
    {
        var path = PathOf(key);
        if (Overwrite || !File.Exists(path))
            return null;
        var store = RowStore.OpenChecked(path);
        if (store is null)
            Try(() => File.Delete(path));
        else
            Try(() => File.SetLastWriteTimeUtc(path, DateTime.UtcNow));
        return store;
    }

    /// <summary>Begins a file.</summary>
    /// <exception cref="MedicalGptException">The folder cannot be written.</exception>
    internal RowStoreWriter Begin()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            Sweep();
            return new RowStoreWriter(Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{Temporary}{Environment.ProcessId}-{Guid.NewGuid():N}")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("Encoded rows cannot be written.", error) { Place = Folder, Given = error.Message, Allowed = "a folder that can be written", Remedy = "name another with --data-cache-dir" };
        }
    }

    /// <summary>Ends a file and opens it.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="summary">What is stored with the rows.</param>
    /// <param name="key">The key under which it is kept; null = it is deleted when it is closed.</param>
    internal RowStore End(RowStoreWriter writer, RowSummary summary, string? key)
    {
        try
        {
            writer.Complete(summary);
            writer.Dispose();
            var store = RowStore.Open(writer.Path);
            if (key is null || writer.Length < MinBytes || writer.Length > MaxBytes)
            {
                File.Delete(writer.Path); // the mapping holds the rows until it is closed
                return store;
            }

            File.Move(writer.Path, PathOf(key), overwrite: true);
            DurableFiles.FlushDirectory(Folder);
            Evict(PathOf(key));
            return store;
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw Refused(error);
        }
    }

    /// <summary>Whether the disk takes no more; .NET reports a file beyond the allowed size (EFBIG) as an argument out of range.</summary>
    /// <param name="error">An error while rows were written.</param>
    internal static bool IsRefusal(Exception error) => error is IOException or ArgumentOutOfRangeException;

    /// <summary>The error for a disk that takes no more.</summary>
    /// <param name="error">What the system says.</param>
    internal MedicalGptException Refused(Exception error) =>
        new("Encoded rows cannot be written.", error) { Place = Folder, Given = error is ArgumentOutOfRangeException ? "a file would be larger than this system allows" : error.Message, Remedy = "free some disk space, or name another folder with --data-cache-dir" };

    /// <summary>Gives a file up.</summary>
    internal static void Abandon(RowStoreWriter writer)
    {
        Try(() => File.Delete(writer.Path)); // first: closing a file that a full disk has cut short fails
        Try(writer.Dispose);
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (IsRefusal(error) || error is UnauthorizedAccessException)
        {
            _ = error; // another run has deleted or replaced it, or the folder is read-only: the cache works without it
        }
    }

    private string PathOf(string key) => Path.Combine(Folder, key + Ending);

    private void Evict(string newest)
    {
        var total = 0L;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*" + Ending).OrderByDescending(file => file.FullName == newest).ThenByDescending(file => file.LastWriteTimeUtc))
        {
            total += file.Length;
            if (total > MaxBytes)
                Try(file.Delete);
        }
    }

    /// <summary>Deletes what killed runs left: old temporary files that nobody has locked.</summary>
    private void Sweep()
    {
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles(Temporary + "*").Where(file => DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned))
        {
            Try(() =>
            {
                using (new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    file.Delete();
            });
        }
    }
}
