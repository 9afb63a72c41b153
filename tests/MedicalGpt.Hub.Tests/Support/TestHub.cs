using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedicalGpt.Hub.Tests.Support;

/// <summary>A server on this machine that answers as the hub does, and a store on a second port to which it redirects large files. Tests make it misbehave.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly WebApplication _application;

    private TestHub(WebApplication application, Uri address, Uri store)
    {
        _application = application;
        Address = address;
        Store = store;
    }

    /// <summary>The hub's address.</summary>
    public Uri Address { get; }

    /// <summary>The store's address: another port, so another origin.</summary>
    public Uri Store { get; }

    /// <summary>Repositories by <c>models/owner/name</c> or <c>datasets/owner/name</c>; files by path.</summary>
    public ConcurrentDictionary<string, Dictionary<string, HubContent>> Repositories { get; } = new();

    /// <summary>Commits by revision.</summary>
    public ConcurrentDictionary<string, string> Revisions { get; } = new() { ["main"] = Commit, [Commit] = Commit };

    /// <summary>Everything that was asked.</summary>
    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    /// <summary>Extra parts of the answer about a repository.</summary>
    public JsonObject Information { get; set; } = new() { ["cardData"] = new JsonObject { ["license"] = "apache-2.0" } };

    /// <summary>Entries of a page of a tree.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Looks at each request first; true = it has answered.</summary>
    public Func<HttpContext, HubRequest, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Bytes of a body after which the connection is cut; null = never.</summary>
    public Func<HubRequest, long?> CutAfter { get; set; } = _ => null;

    /// <summary>Whether parts of files are given.</summary>
    public bool Ranges { get; set; } = true;

    /// <summary>The store's ETag of a file; null = the file's identity.</summary>
    public Func<HubRequest, string?> StoreETag { get; set; } = _ => null;

    /// <summary>Waiting time after every 64 KiB of a body.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>Bytes of bodies of files sent so far.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    private long _sent;

    /// <summary>Starts the servers.</summary>
    public static async Task<TestHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0");
        var application = builder.Build();
        TestHub? hub = null;
        application.Run(context => hub!.AnswerAsync(context));
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToArray();
        return hub = new TestHub(application, addresses[0], addresses[1]);
    }

    /// <summary>Adds a repository.</summary>
    /// <param name="name"><c>models/owner/name</c> or <c>datasets/owner/name</c>.</param>
    /// <param name="files">Its files.</param>
    public void Add(string name, params (string Path, HubContent Content)[] files) => Repositories[name] = files.ToDictionary(file => file.Path, file => file.Content);

    /// <summary>Requests for a file's content.</summary>
    public IReadOnlyList<HubRequest> Fetches() => [.. Requests.Where(request => request.Store || request.Path.Contains("/resolve/", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private static Task JsonAsync(HttpContext context, JsonNode json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString());
    }

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["X-Error-Code"] = code;
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        if (target.StartsWith("http://", StringComparison.Ordinal))
            target = new Uri(target).PathAndQuery; // asked as a proxy
        var request = new HubRequest(context.Connection.LocalPort == Store.Port, context.Request.Method, target, context.Request.Headers.Authorization.FirstOrDefault(), context.Request.Headers.Range.FirstOrDefault());
        Requests.Enqueue(request);
        if (await Before(context, request))
            return;
        var path = target.Split('?')[0].Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (request.Store)
            await StoredAsync(context, request, path[^1]);
        else if (path[0] == "api")
            await ApiAsync(context, path[1], path[2..]);
        else
            await ResolveAsync(context, request, path[0] == "datasets" ? "datasets" : "models", path[0] == "datasets" ? path[1..] : path);
    }

    private Task ApiAsync(HttpContext context, string kind, string[] path)
    {
        if (path.Length == 0)
            return JsonAsync(context, new JsonArray([.. Repositories.Keys.Where(name => name.StartsWith(kind, StringComparison.Ordinal)).Select(name => (JsonNode)new JsonObject { ["id"] = name[(kind.Length + 1)..] })]));
        if (!Repositories.TryGetValue($"{kind}/{path[0]}/{path[1]}", out var files))
            return RefuseAsync(context, 401, "RepoNotFound");
        if (path[2] == "refs")
            return JsonAsync(context, new JsonObject { ["branches"] = new JsonArray([.. Revisions.Keys.Select(name => (JsonNode)new JsonObject { ["name"] = name })]), ["tags"] = new JsonArray() });
        if (!Revisions.TryGetValue(path[3], out var commit))
            return RefuseAsync(context, 404, "RevisionNotFound");
        if (path[2] == "tree")
            return TreeAsync(context, files);
        var answer = (JsonObject)Information.DeepClone();
        answer["sha"] = commit;
        return JsonAsync(context, answer);
    }

    private Task TreeAsync(HttpContext context, Dictionary<string, HubContent> files)
    {
        var start = int.Parse(context.Request.Query["cursor"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        var entries = files.Skip(start).Take(PageSize).Select(file =>
        {
            var (path, content) = (file.Key, file.Value);
            var entry = new JsonObject { ["type"] = "file", ["path"] = path, ["size"] = content.Bytes.Length, ["oid"] = content.IsLarge ? new string('b', 40) : content.ETag };
            if (content.IsLarge)
                entry["lfs"] = new JsonObject { ["oid"] = content.ETag, ["size"] = content.Bytes.Length, ["pointerSize"] = 130 };
            return (JsonNode)entry;
        });
        if (start + PageSize < files.Count)
            context.Response.Headers.Link = $"<{Address.AbsoluteUri.TrimEnd('/')}{context.Request.Path}?recursive=true&expand=false&cursor={start + PageSize}>; rel=\"next\"";
        return JsonAsync(context, new JsonArray([.. entries.Append(new JsonObject { ["type"] = "directory", ["path"] = "folder", ["oid"] = new string('c', 40) })]));
    }

    private async Task ResolveAsync(HttpContext context, HubRequest request, string kind, string[] path)
    {
        if (!Repositories.TryGetValue($"{kind}/{path[0]}/{path[1]}", out var files))
        {
            await RefuseAsync(context, 401, "RepoNotFound");
            return;
        }

        if (!files.TryGetValue(string.Join('/', path[4..]), out var content))
        {
            await RefuseAsync(context, 404, "EntryNotFound");
            return;
        }

        context.Response.Headers["X-Repo-Commit"] = path[3];
        if (!content.IsLarge)
        {
            await SendAsync(context, request, content, content.ETag);
            return;
        }

        context.Response.Headers["X-Linked-Etag"] = $"\"{content.ETag}\"";
        context.Response.Headers["X-Linked-Size"] = content.Bytes.Length.ToString(CultureInfo.InvariantCulture);
        context.Response.Redirect(new Uri(Store, $"/store/{content.ETag}?signature=SIGNED").AbsoluteUri);
    }

    private Task StoredAsync(HttpContext context, HubRequest request, string etag)
    {
        var content = Repositories.Values.SelectMany(files => files.Values).First(file => file.ETag == etag);
        return SendAsync(context, request, content, StoreETag(request) ?? etag);
    }

    private async Task SendAsync(HttpContext context, HubRequest request, HubContent content, string etag)
    {
        var (from, to) = (0L, content.Bytes.Length - 1L);
        context.Response.Headers.ETag = $"\"{etag}\"";
        if (Ranges && request.Range is { } range)
        {
            var numbers = range["bytes=".Length..].Split('-');
            from = long.Parse(numbers[0], CultureInfo.InvariantCulture);
            to = Math.Min(to, long.Parse(numbers[1], CultureInfo.InvariantCulture));
            if (from >= content.Bytes.Length)
            {
                context.Response.StatusCode = 416;
                return;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{to}/{content.Bytes.Length}";
        }

        context.Response.ContentLength = to - from + 1;
        if (request.Method == "HEAD")
            return;
        var left = Math.Min(CutAfter(request) ?? long.MaxValue, to - from + 1);
        var isCut = left < to - from + 1;
        while (left > 0)
        {
            var count = (int)Math.Min(left, 1 << 16);
            await context.Response.Body.WriteAsync(content.Bytes.AsMemory((int)from, count), context.RequestAborted);
            Interlocked.Add(ref _sent, count);
            (from, left) = (from + count, left - count);
            if (Slowness > TimeSpan.Zero)
                await Task.Delay(Slowness, context.RequestAborted);
        }

        if (!isCut)
            return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
