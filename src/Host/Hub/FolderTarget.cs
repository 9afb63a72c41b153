namespace MedicalGpt.Host.Hub;

/// <summary>Files go into a folder under their own names; what is not whole lies in its <c>.cache/huggingface</c>, as with the Python client.</summary>
internal sealed class FolderTarget : IPullTarget
{
    private readonly string _work;

    /// <summary>Makes a target.</summary>
    /// <param name="folder">The folder; made when absent.</param>
    public FolderTarget(string folder)
    {
        Folder = Path.GetFullPath(folder);
        _work = Path.Combine(Folder, ".cache", "huggingface", "download");
    }

    /// <inheritdoc/>
    public string Folder { get; }

    /// <inheritdoc/>
    public string Place(HubFile file)
    {
        var place = Path.Combine(Folder, file.Path);
        for (var parent = Path.GetDirectoryName(place)!; parent.Length > Folder.Length; parent = Path.GetDirectoryName(parent)!)
        {
            if (new DirectoryInfo(parent).LinkTarget is { } elsewhere)
                throw new MedicalGptException("A folder on the way to a file is a link, which may lead elsewhere; nothing is written through it.") { Place = parent, Given = elsewhere, Remedy = "remove the link, or choose another --local-dir" };
        }

        return place;
    }

    /// <inheritdoc/>
    public string Content(HubFile file) => Place(file);

    /// <inheritdoc/>
    public string Lock(HubFile file) => Path.Combine(_work, file.Path + ".lock");

    /// <inheritdoc/>
    public string Incomplete(HubFile file) => Path.Combine(_work, $"{file.Path}.{file.ETag}.incomplete");

    /// <inheritdoc/>
    public void Link(HubFile file)
    {
    }

    /// <inheritdoc/>
    public void Complete()
    {
    }
}
