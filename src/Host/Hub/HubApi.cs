using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>Asks the hub what repositories hold.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="settings">Address, token, tries.</param>
internal sealed partial class HubApi(HubHttp http, HubSettings settings)
{
    private const int MostFiles = 200_000;
    private const int LargestAnswer = 64 << 20;
    private const int LongestLicence = 300;

    /// <summary>What a repository holds at a revision.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">A branch, tag, pull request (<c>refs/pr/1</c>) or commit.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its files.</returns>
    /// <exception cref="MedicalGptException">It does not exist, is not open to the user, or the hub cannot be reached.</exception>
    public async Task<HubListing> ListAsync(HubRepository repository, string revision, CancellationToken cancellation)
    {
        var addresses = new HubAddresses(settings.Endpoint, repository);
        var refusal = new HubRefusal(repository, addresses, settings.Token);
        JsonObject information;
        try
        {
            information = await ReadAsync(addresses.Information(revision), refusal, cancellation) is { Json: JsonObject found } ? found : throw Odd(addresses.Information(revision));
        }
        catch (HubMissingException error) when (error.What == HubMissing.Revision)
        {
            throw HubRefusal.WithNames(error, revision, await NamesAsync(addresses.References, References, refusal, cancellation));
        }
        catch (HubMissingException error)
        {
            var name = repository.Id[(repository.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];
            throw HubRefusal.WithNames(error, repository.Id, await NamesAsync(addresses.Search(name), Ids, refusal, cancellation));
        }

        if (Text(information, "sha") is not { } commit || !HubCache.IsCommit(commit))
            throw Odd(addresses.Information(revision));
        return new HubListing(repository, revision, commit, await FilesAsync(addresses, refusal, commit, cancellation))
        {
            Licence = Licence(information) is { } licence ? new string([.. licence.Take(LongestLicence).Where(letter => !char.IsControl(letter))]) : null,
            Gated = information["gated"] is JsonValue gated && gated.GetValueKind() is JsonValueKind.String or JsonValueKind.True,
        };
    }

    /// <summary>A small text of a repository.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its text.</returns>
    /// <exception cref="MedicalGptException">The hub refuses it or breaks off.</exception>
    public async Task<string> TextAsync(HubListing listing, HubFile file, CancellationToken cancellation)
    {
        var addresses = new HubAddresses(settings.Endpoint, listing.Repository);
        var bytes = await AskAsync(addresses.Resolve(listing.Commit, file.Path), new HubRefusal(listing.Repository, addresses, settings.Token), (_, body) => body.ToArray(), cancellation);
        using var reader = new StreamReader(new MemoryStream(bytes));
        return await reader.ReadToEndAsync(cancellation);
    }

    private static MedicalGptException Odd(Uri address) => new("The server's answer is none of the hub's.") { Place = HubHttp.Shown(address), Remedy = "check HF_ENDPOINT, and whether a proxy or a log-in page answers in the hub's place" };

    private static string? Text(JsonNode? node, string key) => node is JsonObject json && json[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string? Licence(JsonObject information)
    {
        var card = information["cardData"] as JsonObject;
        var stated = card?["license"] switch
        {
            JsonArray several => string.Join(", ", several.OfType<JsonValue>().Select(value => value.ToString())),
            JsonValue value => value.ToString(),
            _ => (information["tags"] as JsonArray)?.Select(tag => tag?.ToString()).FirstOrDefault(tag => tag?.StartsWith("license:", StringComparison.Ordinal) == true)?["license:".Length..],
        };
        return stated == "other" && (Text(card, "license_name") ?? Text(card, "license_link")) is { } name ? $"other ({name})" : stated;
    }

    private static IEnumerable<string?> References(JsonNode? answer) =>
        new[] { "branches", "tags", "converts" }.SelectMany(kind => ((answer as JsonObject)?[kind] as JsonArray ?? []).Select(reference => Text(reference, "name")));

    private static IEnumerable<string?> Ids(JsonNode? answer) => (answer as JsonArray ?? []).Select(found => Text(found, "id"));

    private static HubFile? File(JsonNode? entry, string place)
    {
        if (Text(entry, "type") != "file" || Text(entry, "path") is not { } path)
            return null;
        var lfs = entry!["lfs"] as JsonObject;
        var size = (lfs?["size"] ?? entry["size"]) is JsonValue value && value.TryGetValue<long>(out var bytes) && bytes >= 0 ? bytes : -1;
        return new HubFile(HubFile.CheckPath(path, place), size, HubFile.ReadETag(Text(lfs, "oid") ?? Text(entry, "oid")) ?? "");
    }

    private async Task<IReadOnlyList<HubFile>> FilesAsync(HubAddresses addresses, HubRefusal refusal, string commit, CancellationToken cancellation)
    {
        var files = new SortedDictionary<string, HubFile>(StringComparer.Ordinal);
        var seen = new HashSet<Uri>();
        for (Uri? page = addresses.Tree(commit); page is not null;)
        {
            if (!seen.Add(page))
                throw Odd(page);
            var (json, next) = await ReadAsync(page, refusal, cancellation);
            foreach (var entry in json as JsonArray ?? throw Odd(page))
            {
                if (File(entry, addresses.Page) is { } file)
                    files[file.Path] = file;
            }

            if (files.Count > MostFiles)
                throw new MedicalGptException("The repository has too many files.") { Place = addresses.Page, Allowed = $"{MostFiles} files" };
            page = next;
        }

        return [.. files.Values];
    }

    /// <summary>Names for an error; the error matters more than a failure to get them.</summary>
    private async Task<IReadOnlyList<string>> NamesAsync(Uri address, Func<JsonNode?, IEnumerable<string?>> names, HubRefusal refusal, CancellationToken cancellation)
    {
        try
        {
            return [.. names((await ReadAsync(address, refusal, cancellation)).Json).OfType<string>().Distinct()];
        }
        catch (MedicalGptException)
        {
            return [];
        }
    }

    private Task<(JsonNode? Json, Uri? Next)> ReadAsync(Uri address, HubRefusal refusal, CancellationToken cancellation) => AskAsync(address, refusal, (response, bytes) =>
    {
        try
        {
            return (JsonNode.Parse(bytes.Span), Next(response));
        }
        catch (JsonException)
        {
            throw Odd(address);
        }
    }, cancellation);

    private Task<T> AskAsync<T>(Uri address, HubRefusal refusal, Func<HubResponse, ReadOnlyMemory<byte>, T> read, CancellationToken cancellation) => settings.Retry.RunAsync(
        async () =>
        {
            using var response = await http.SendAsync(HttpMethod.Get, address, null, cancellation);
            return response.Message.IsSuccessStatusCode ? read(response, await BodyAsync(response, cancellation)) : throw refusal.Of(response);
        },
        cancellation);

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HubResponse response, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            await using var body = await response.Message.Content.ReadAsStreamAsync(cancellation);
            do
            {
                limit.CancelAfter(settings.Silence);
                var count = await body.ReadAsync(buffer, limit.Token);
                if (count == 0)
                    return text.GetBuffer().AsMemory(0, (int)text.Length);
                text.Write(buffer, 0, count);
            }
            while (text.Length <= LargestAnswer);
        }
        catch (Exception error) when (error is IOException or HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new HubTransientException(HubHttp.Shown(response.Address), "the connection broke", error);
        }

        throw Odd(response.Address);
    }

    private Uri? Next(HubResponse response)
    {
        if (!response.Message.Headers.TryGetValues("Link", out var values))
            return null;
        var match = values.Select(value => NextLink().Match(value)).FirstOrDefault(found => found.Success);
        if (match is null || !Uri.TryCreate(response.Address, match.Groups["address"].Value, out var next))
            return null;
        // Behind a mirror the links name the hub itself; the mirror is asked instead.
        return next.Host == response.Address.Host && next.Port == response.Address.Port ? next : new Uri(settings.Endpoint.AbsoluteUri.TrimEnd('/') + next.PathAndQuery);
    }

    [GeneratedRegex("<(?<address>[^>]+)>\\s*;[^,]*rel=\"?next\"?", RegexOptions.ExplicitCapture)]
    private static partial Regex NextLink();
}
