using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>
/// The files of a folder and of the folders in it, in ordinal order of their paths. Links are followed, but not back to a folder that they lie in. Nothing is passed over without a word:
/// a folder that cannot be read is an error, what is hidden or leads back is named in <see cref="PassedOver"/>.
/// </summary>
internal sealed class FolderWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly bool _hidden;
    private readonly List<string> _files = [];
    private readonly List<string> _passedOver = [];
    private readonly Stack<string> _above = [];

    private FolderWalk(bool hidden) => _hidden = hidden;

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>What was passed over, relative to the folder and each with its reason, in ordinal order.</summary>
    public IReadOnlyList<string> PassedOver => _passedOver;

    /// <summary>Walks a folder.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="hidden">Whether files and folders whose names begin with a dot count too.</param>
    /// <exception cref="MedicalGptException">A folder cannot be read.</exception>
    public static FolderWalk Of(string folder, bool hidden = false)
    {
        var walk = new FolderWalk(hidden);
        walk.Enter(folder, RealPath.Of(folder), folder);
        walk._files.Sort(StringComparer.Ordinal);
        walk._passedOver.Sort(StringComparer.Ordinal);
        return walk;
    }

    private void Enter(string folder, string real, string root)
    {
        _above.Push(real);
        foreach (var entry in Entries(folder))
        {
            var path = Path.Combine(folder, entry.Name);
            var isFolder = entry is DirectoryInfo;
            if (!_hidden && entry.Name.StartsWith('.'))
                _passedOver.Add($"{Path.GetRelativePath(root, path)}{(isFolder ? "/" : "")} (hidden)");
            else if (!isFolder)
                _files.Add(path);
            else if ((entry.LinkTarget is null ? Path.Combine(real, entry.Name) : RealPath.Of(path)) is var inside && _above.Contains(inside))
                _passedOver.Add($"{Path.GetRelativePath(root, path)}/ (a link back to a folder above it)");
            else
                Enter(path, inside, root);
        }

        _above.Pop();
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("A data folder cannot be read.", error) { Place = folder, Given = error.Message, Remedy = "allow reading it (chmod u+rx), or move it elsewhere" };
        }
    }
}
