using System.Net;
using System.Net.Http.Headers;

namespace MedicalGpt.Host.Hub;

/// <summary>Fetches one file: from where it stands, in parts where it is large, and again from its beginning where the server has another file than before or does not serve parts.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="settings">Tries and limits.</param>
/// <param name="slots">Bounds the requests of all files together.</param>
/// <param name="file">The file.</param>
/// <param name="address">Its address at the hub.</param>
/// <param name="refusal">Makes errors of refusals.</param>
/// <param name="progress">Hears of bytes.</param>
internal sealed class FileDownload(HubHttp http, HubSettings settings, SemaphoreSlim slots, HubFile file, Uri address, HubRefusal refusal, IPullProgress progress)
{
    private const int MostTries = 1000;
    private const int Buffer = 1 << 17;
    private readonly Lock _state = new();
    private string? _version;
    private bool _whole;

    /// <summary>Fetches what is missing.</summary>
    /// <param name="partial">What there is.</param>
    /// <param name="cancellation">Ends it; what has arrived stays.</param>
    /// <returns>Ends when the file has all its bytes; they are not checked yet.</returns>
    /// <exception cref="MedicalGptException">The hub refuses, or breaks off too often.</exception>
    public async Task FillAsync(PartialFile partial, CancellationToken cancellation)
    {
        progress.Add(partial.Done, arrived: false);
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                await PartsAsync(partial, cancellation);
                return;
            }
            catch (StaleFileException error)
            {
                if (restarts == 2)
                    throw Wrong(error.Message);
                progress.Note($"{file.Path}: {error.Message}; from the beginning again");
                progress.Add(-partial.Done, arrived: false);
                partial.Restart();
                (_version, _whole) = (null, _whole || error.WholeOnly);
            }
        }
    }

    /// <summary>The error for a file that is not what the hub lists.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <returns>The error.</returns>
    public MedicalGptException Wrong(string problem) => new("The server sends another file than the hub lists; it was thrown away.")
    {
        Place = HubHttp.Shown(address),
        Given = problem,
        Allowed = $"{file.Size} bytes{(file.IsChecked ? $" with {(file.ETag.Length == 64 ? "SHA-256" : "git blob id")} {file.ETag}" : "")}",
        Remedy = "run the command again; where it stays so, check HF_ENDPOINT and whether a proxy changes files",
    };

    private async Task PartsAsync(PartialFile partial, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            if (_whole)
                await WholeAsync(partial, stop.Token);
            else
                await Parallel.ForEachAsync(
                    partial.Parts.Where(part => part.Missing > 0),
                    new ParallelOptions { MaxDegreeOfParallelism = settings.Connections, CancellationToken = stop.Token },
                    async (part, token) => await PersistAsync(partial, part, token));
        }
        finally
        {
            foreach (var part in partial.Parts)
                partial.Note(part);
        }
    }

    private async Task PersistAsync(PartialFile partial, PartState part, CancellationToken cancellation)
    {
        var (tries, all) = (0, 0);
        while (true)
        {
            var before = part.Done;
            try
            {
                await SlotAsync(() => FetchAsync(partial, part, cancellation), cancellation);
                return;
            }
            catch (HubTransientException error)
            {
                tries = part.Done > before ? 1 : tries + 1;
                await settings.Retry.WaitAsync(++all > MostTries ? int.MaxValue : tries, error, cancellation);
            }
        }
    }

    /// <summary>From a server that gives whole files only: one request after the other, each from the beginning.</summary>
    private async Task WholeAsync(PartialFile partial, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await SlotAsync(() => FetchWholeAsync(partial, cancellation), cancellation);
                return;
            }
            catch (HubTransientException error)
            {
                await settings.Retry.WaitAsync(tries, error, cancellation);
                progress.Add(-partial.Done, arrived: false);
                partial.Restart();
            }
        }
    }

    private async Task SlotAsync(Func<Task> fetch, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            await fetch();
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task FetchWholeAsync(PartialFile partial, CancellationToken cancellation)
    {
        using var response = await AskAsync(null, cancellation);
        await using var body = await response.Message.Content.ReadAsStreamAsync(cancellation);
        foreach (var part in partial.Parts)
            await CopyAsync(partial, part, body, cancellation);
    }

    private async Task FetchAsync(PartialFile partial, PartState part, CancellationToken cancellation)
    {
        var isAll = part.Done == 0 && part.Length == file.Size;
        using var response = await AskAsync(isAll ? null : new RangeHeaderValue(part.Next, part.Start + part.Length - 1), cancellation);
        var content = response.Message.Content.Headers;
        if (response.Message.StatusCode == HttpStatusCode.PartialContent)
        {
            if (content.ContentRange is not { } range || range.From != part.Next || (range.Length ?? file.Size) != file.Size)
                throw new StaleFileException($"bytes {content.ContentRange} were sent where {part.Next} of {file.Size} were asked for");
        }
        else if (!isAll)
        {
            throw new StaleFileException("the server does not give parts of files") { WholeOnly = true };
        }

        await using var body = await response.Message.Content.ReadAsStreamAsync(cancellation);
        await CopyAsync(partial, part, body, cancellation);
    }

    private async Task<HubResponse> AskAsync(RangeHeaderValue? range, CancellationToken cancellation)
    {
        var response = await http.SendAsync(HttpMethod.Get, address, range, cancellation);
        try
        {
            if (response.Message.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                throw new StaleFileException("the server has fewer bytes than the hub lists");
            if (!response.Message.IsSuccessStatusCode)
                throw refusal.Of(response);
            if (HubFile.ReadETag(response.ETag) is { } listed && HubDigest.Known(listed) && file.IsChecked && listed.Length == file.ETag.Length && listed != file.ETag)
                throw new StaleFileException($"the server has the file {listed}");
            CheckVersion(response.Message);
            if (range is null && response.Message.Content.Headers.ContentLength is { } length && length != file.Size)
                throw new StaleFileException($"{length} bytes");
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>All answers must be of one version of the file.</summary>
    private void CheckVersion(HttpResponseMessage message)
    {
        if (message.Headers.ETag?.Tag is not { } version)
            return;
        lock (_state)
        {
            if (_version is not null && _version != version)
                throw new StaleFileException($"the file changed from {_version} to {version} in between");
            _version = version;
        }
    }

    private async Task CopyAsync(PartialFile partial, PartState part, Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[Buffer];
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (part.Missing > 0)
        {
            silence.CancelAfter(settings.Silence);
            var count = await ReadAsync(body, buffer.AsMemory(0, (int)Math.Min(buffer.Length, part.Missing)), silence.Token, cancellation);
            if (count == 0)
                throw new HubTransientException(HubHttp.Shown(address), $"the connection ended after {part.Next} of {file.Size} bytes");
            await partial.WriteAsync(part, buffer.AsMemory(0, count), cancellation);
            progress.Add(count, arrived: true);
        }
    }

    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken limited, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, limited);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HubTransientException(HubHttp.Shown(address), $"no byte within {settings.Silence.TotalSeconds:0} s", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new HubTransientException(HubHttp.Shown(address), "the connection broke", error);
        }
    }
}
