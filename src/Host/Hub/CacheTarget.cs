using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>Files go into the cache as the Python client lays it out: content once in <c>blobs</c>, named by its identity; relative links to it in <c>snapshots/COMMIT</c>.
/// The name of the revision is written last, so it names only whole snapshots.</summary>
/// <param name="cache">The cache.</param>
/// <param name="listing">What is pulled.</param>
internal sealed class CacheTarget(HubCache cache, HubListing listing) : IPullTarget
{
    private readonly string _repository = cache.Folder(listing.Repository);

    /// <inheritdoc/>
    public string Folder => Path.GetFullPath(Path.Combine(_repository, "snapshots", listing.Commit));

    /// <inheritdoc/>
    public string Place(HubFile file) => Path.Combine(Folder, file.Path);

    /// <inheritdoc/>
    public string Content(HubFile file) => Path.Combine(_repository, "blobs", file.ETag);

    /// <inheritdoc/>
    public string Lock(HubFile file) => Path.Combine(cache.Root, ".locks", listing.Repository.FolderName, file.ETag + ".lock");

    /// <inheritdoc/>
    public string Incomplete(HubFile file) => Content(file) + ".incomplete";

    /// <inheritdoc/>
    public void Link(HubFile file)
    {
        var place = Place(file);
        var folder = Path.GetDirectoryName(place)!;
        Directory.CreateDirectory(folder);
        var target = Path.GetRelativePath(folder, Path.GetFullPath(Content(file)));
        if (new FileInfo(place).LinkTarget == target)
            return;
        // A name of its own first: a reader sees the old file or the new one.
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.link");
        try
        {
            File.CreateSymbolicLink(temporary, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // A file system without links: the Python client keeps a copy there, too.
            File.Copy(Content(file), temporary);
        }

        File.Move(temporary, place, overwrite: true);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (listing.Revision == listing.Commit)
            return;
        var reference = Path.Combine(_repository, "refs", listing.Revision);
        Directory.CreateDirectory(Path.GetDirectoryName(reference)!);
        var temporary = $"{reference}.{Guid.NewGuid():N}.incomplete";
        File.WriteAllText(temporary, listing.Commit);
        File.Move(temporary, reference, overwrite: true);
    }
}
