using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>Pulls files of the hub: what is there is kept, what was begun is continued, what arrives is checked before it gets its name.</summary>
/// <param name="settings">Address, cache, token, limits.</param>
/// <param name="handler">The transport; null = the network.</param>
internal sealed class HubClient(HubSettings settings, HttpMessageHandler? handler = null) : IDisposable
{
    private readonly HubHttp _http = new(settings, handler);
    private readonly SemaphoreSlim _slots = new(settings.Connections);

    /// <summary>What a repository holds at a revision.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its files.</returns>
    public Task<HubListing> ListAsync(HubRepository repository, string revision, CancellationToken cancellation) => new HubApi(_http, settings).ListAsync(repository, revision, cancellation);

    /// <summary>A small text of a repository, which is not kept.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its text.</returns>
    public Task<string> TextAsync(HubListing listing, HubFile file, CancellationToken cancellation) => new HubApi(_http, settings).TextAsync(listing, file, cancellation);

    /// <summary>Brings files to a target.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <param name="files">The files of it that are wanted.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="verify">Whether files that are there are checked, too, by content.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Ends it; what has arrived stays and is continued by the next pull.</param>
    /// <returns>The files, in the order given.</returns>
    /// <exception cref="MedicalGptException">The hub refuses or breaks off, what it sends is wrong, or the disk refuses.</exception>
    public async Task<IReadOnlyList<PulledFile>> PullAsync(HubListing listing, IReadOnlyList<HubFile> files, IPullTarget target, bool verify, IPullProgress progress, CancellationToken cancellation)
    {
        var addresses = new HubAddresses(settings.Endpoint, listing.Repository);
        var refusal = new HubRefusal(listing.Repository, addresses, settings.Token);
        progress.Begin(files.Count, files.Sum(file => Math.Max(file.Size, 0)));
        var pulled = new PulledFile[files.Count];
        try
        {
            // The largest first: none is left alone at the end.
            await Parallel.ForEachAsync(
                Enumerable.Range(0, files.Count).OrderByDescending(index => files[index].Size),
                new ParallelOptions { MaxDegreeOfParallelism = settings.Connections, CancellationToken = cancellation },
                async (index, token) =>
                {
                    var address = addresses.Resolve(listing.Commit, files[index].Path);
                    var file = files[index] is { Size: >= 0, ETag.Length: > 0 } known ? known : await AskAsync(files[index], address, refusal, token);
                    var pull = new FilePull(target, settings, new FileDownload(_http, settings, _slots, file, address, refusal, progress), file, progress);
                    pulled[index] = new PulledFile(file, await pull.RunAsync(verify, token));
                    progress.FileDone();
                });
            target.Complete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("A pulled file cannot be written.", error) { Place = target.Folder, Given = error.Message, Remedy = "free some disk space, mend the permissions, or choose another place (HF_HUB_CACHE, --local-dir); what has arrived is kept" };
        }

        return pulled;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    /// <summary>Size and identity of a file for which the listing has none.</summary>
    private Task<HubFile> AskAsync(HubFile file, Uri address, HubRefusal refusal, CancellationToken cancellation) => settings.Retry.RunAsync(
        async () =>
        {
            using var response = await _http.SendAsync(HttpMethod.Head, address, null, cancellation);
            if (!response.Message.IsSuccessStatusCode)
                throw refusal.Of(response);
            return response.Size is { } size && HubFile.ReadETag(response.ETag) is { } etag
                ? file with { Size = size, ETag = etag }
                : throw new MedicalGptException("The server names neither size nor identity of a file.") { Place = HubHttp.Shown(address), Remedy = "check HF_ENDPOINT" };
        },
        cancellation);
}
