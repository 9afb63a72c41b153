namespace MedicalGpt.Modeling;

/// <summary>
/// Writes files into a folder so that what stood there stays loadable until the new files are complete: they are written beside their places, then take them, the index of weights last;
/// weight files of another layout go at the very end. When anything fails on the way, every file that was replaced comes back.
/// </summary>
public sealed class FolderUpdate
{
    private const string Staging = ".saving";
    private readonly string folder;
    private readonly string replaced;
    private readonly IReadOnlyList<string> stale;
    private readonly List<(string Target, string? Old)> done = [];

    private FolderUpdate(string folder, string replaced, IReadOnlyList<string> stale) => (this.folder, this.replaced, this.stale) = (folder, replaced, stale);

    /// <summary>Writes files.</summary>
    /// <param name="folder">The folder; made when absent. An empty one is written directly, and is empty again after a failure.</param>
    /// <param name="write">Writes the new files into the folder that it is given.</param>
    /// <param name="stale">Names of further files that go when the new ones stand, where none of those takes their place; null = none.</param>
    public static void Write(string folder, Action<string> write, IReadOnlyList<string>? stale = null)
    {
        Directory.CreateDirectory(folder);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            WriteFirst(folder, write);
            return;
        }

        var staging = Path.Combine(folder, Staging);
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true); // of a run that was killed: nothing in it is complete
        Directory.CreateDirectory(staging);
        try
        {
            write(staging);
            var files = Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(staging, f)).ToList();
            new FolderUpdate(folder, Directory.CreateDirectory(Path.Combine(staging, ".replaced")).FullName, stale ?? []).Take(staging, files);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static void WriteFirst(string folder, Action<string> write)
    {
        try
        {
            write(folder);
        }
        catch
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                if (entry is DirectoryInfo below)
                    below.Delete(recursive: true);
                else
                    entry.Delete();
            throw;
        }
    }

    private void Take(string staging, List<string> files)
    {
        try
        {
            foreach (var file in files.OrderBy(Rank).ThenBy(f => f, StringComparer.Ordinal))
                Take(Path.Combine(staging, file), Path.Combine(folder, file));
            // The index first: from then on the new weights are read.
            string[] weights = files.Exists(f => Rank(f) == 1) ? [WeightFiles.Index, .. WeightFiles.In(folder)] : [];
            foreach (var old in weights.Concat(stale).Except(files, StringComparer.Ordinal).Where(f => File.Exists(Path.Combine(folder, f))))
                Remove(Path.Combine(folder, old));
        }
        catch
        {
            Undo();
            throw;
        }
    }

    private void Take(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var old = File.Exists(target) ? Kept() : null;
        if (old is null)
            File.Move(source, target);
        else
            File.Replace(source, target, old); // the old file keeps its name until the new one has it
        done.Add((target, old));
    }

    private void Remove(string file)
    {
        var old = Kept();
        File.Move(file, old);
        done.Add((file, old));
    }

    private void Undo()
    {
        foreach (var (target, old) in Enumerable.Reverse(done))
            if (old is null)
                File.Delete(target);
            else
                File.Move(old, target, overwrite: true);
    }

    private string Kept() => Path.Combine(replaced, done.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static int Rank(string file) => file == WeightFiles.Index ? 2 : WeightFiles.IsWeights(file) ? 1 : 0;
}
