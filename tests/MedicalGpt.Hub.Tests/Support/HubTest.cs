using MedicalGpt.Host.Hub;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Hub.Tests.Support;

/// <summary>A test with a hub, a store and an empty cache.</summary>
public abstract class HubTest : IAsyncLifetime
{
    internal const string Model = "models/clinic/tiny";

    internal TestHub Hub { get; private set; } = null!;

    internal TemporaryFolder Folder { get; } = new();

    internal string Cache => Folder["cache"];

    internal static HubRepository Repository { get; } = HubRepository.Parse(HubRepositoryKind.Model, "clinic/tiny");

    /// <summary>Settings with waiting times of milliseconds, and parts of 64 KiB from 256 KiB on.</summary>
    internal HubSettings Settings => new()
    {
        Endpoint = Hub.Address,
        Cache = new HubCache(Cache),
        ParallelFrom = 256 << 10,
        PartSize = 64 << 10,
        Silence = TimeSpan.FromSeconds(20),
        Retry = new HubRetry { First = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(4) },
    };

    public async Task InitializeAsync() => Hub = await TestHub.StartAsync();

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        Folder.Dispose();
    }

    internal Task<IReadOnlyList<PulledFile>> PullAsync(HubSettings? settings = null, string revision = "main", CancellationToken cancellation = default) =>
        PullAsync(settings ?? Settings, listing => new CacheTarget((settings ?? Settings).Cache, listing), revision, verify: false, cancellation);

    internal static async Task<IReadOnlyList<PulledFile>> PullAsync(HubSettings settings, Func<HubListing, IPullTarget> target, string revision = "main", bool verify = false, CancellationToken cancellation = default)
    {
        using var hub = new HubClient(settings);
        var listing = await hub.ListAsync(Repository, revision, cancellation);
        return await hub.PullAsync(listing, listing.Files, target(listing), verify, new PullProgress(TextWriter.Null), cancellation);
    }

    internal async Task<MedicalGptException> RefusedAsync(HubSettings? settings = null, string revision = "main") => await Should.ThrowAsync<MedicalGptException>(() => PullAsync(settings, revision));

    /// <summary>Everything in the cache: files with their size, links with their target, without locks.</summary>
    internal IReadOnlyList<string> Tree() => [.. Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories)
        .Select(path => (Name: Path.GetRelativePath(Cache, path), File: new FileInfo(path)))
        .Where(entry => !entry.Name.StartsWith(".locks", StringComparison.Ordinal))
        .Select(entry => entry.File.LinkTarget is { } target ? $"{entry.Name} -> {target}" : $"{entry.Name} {entry.File.Length}")
        .Order(StringComparer.Ordinal)];

    /// <summary>A pulled file's bytes, read through the snapshot.</summary>
    internal byte[] Pulled(string path) => File.ReadAllBytes(Path.Combine(new HubCache(Cache).Snapshot(Repository)!, path));
}
