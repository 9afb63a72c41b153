namespace MedicalGpt.Host.Hub;

/// <summary>Brings one file to its target, unless it is there.</summary>
/// <param name="target">Where it goes.</param>
/// <param name="settings">Sizes of parts.</param>
/// <param name="download">Fetches it.</param>
/// <param name="file">The file.</param>
/// <param name="progress">Hears of bytes.</param>
internal sealed class FilePull(IPullTarget target, HubSettings settings, FileDownload download, HubFile file, IPullProgress progress)
{
    /// <summary>Brings it.</summary>
    /// <param name="verify">Whether a file that is there is checked by content.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether it was fetched; else it was there.</returns>
    public async Task<bool> RunAsync(bool verify, CancellationToken cancellation)
    {
        if (!verify && target.Place(file) != target.Content(file) && HasSize(target.Place(file)))
            return Kept();
        using var held = await FileLock.TakeAsync(target.Lock(file), () => progress.Note($"{file.Path}: another program is fetching it; waiting for that"), cancellation);
        var content = target.Content(file);
        if (HasSize(content) && (!(verify || content == target.Place(file)) || await IsRightAsync(content, cancellation) is null))
        {
            target.Link(file);
            return Kept();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(content)!);
        await FetchAsync(content, cancellation);
        target.Link(file);
        return true;
    }

    private bool HasSize(string path) => File.Exists(path) && Resolved(path).Length == file.Size;

    private static FileInfo Resolved(string path) => new FileInfo(path) is { LinkTarget: not null } link ? (FileInfo)link.ResolveLinkTarget(returnFinalTarget: true)! : new FileInfo(path);

    private bool Kept()
    {
        progress.Add(file.Size, arrived: false);
        return false;
    }

    /// <summary>What is wrong with a file's content; null = nothing that can be checked.</summary>
    private async Task<string?> IsRightAsync(string path, CancellationToken cancellation)
    {
        if (!file.IsChecked)
            return null;
        var digest = await HubDigest.OfAsync(path, file.ETag, cancellation);
        return digest == file.ETag ? null : $"{file.Size} bytes with {digest}";
    }

    private async Task FetchAsync(string content, CancellationToken cancellation)
    {
        for (var again = false; ; again = true)
        {
            var path = target.Incomplete(file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var inParts = file.Size >= settings.ParallelFrom;
            var arriving = inParts ? Path.ChangeExtension(path, ".parts.incomplete") : path;
            using var partial = inParts ? PartialFile.OpenInParts(arriving, path, file.Size, settings.PartSize) : PartialFile.Open(path, file.Size);
            CheckSpace(arriving, file.Size - partial.Done);
            await download.FillAsync(partial, cancellation);
            partial.Flush();
            if (await IsRightAsync(arriving, cancellation) is not { } wrong)
            {
                partial.Finish(content);
                return;
            }

            // What was begun earlier may have been of another file: once more from the beginning.
            partial.Delete();
            progress.Add(-file.Size, arrived: false);
            if (again)
                throw download.Wrong(wrong);
            progress.Note($"{file.Path}: {wrong} is not what the hub lists; from the beginning again");
        }
    }

    private static void CheckSpace(string path, long needed)
    {
        var free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        if (needed > free)
            throw new MedicalGptException("The disk has too little room for the file.") { Place = Path.GetDirectoryName(path), Given = $"{PullProgress.Size(free)} free", Allowed = PullProgress.Size(needed), Remedy = "free some, or choose another place (HF_HUB_CACHE, --local-dir)" };
    }
}
