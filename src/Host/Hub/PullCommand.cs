using System.Diagnostics;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Training.Data;
using Spectre.Console;

namespace MedicalGpt.Host.Hub;

/// <summary>What both pull commands do once they know the repository: list, show the licence, choose, pull, tell.</summary>
/// <param name="repository">What is pulled.</param>
/// <param name="options">What of it, and where to.</param>
/// <param name="choose">Chooses files; may ask the hub for more.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class PullCommand(HubRepository repository, HubPullOptions options, Func<HubListing, HubClient, CancellationToken, Task<IReadOnlyList<HubFile>>> choose, IAnsiConsole console)
{
    /// <summary>The licence as a table of datasets states it; null = the repository's card is asked.</summary>
    public string? Licence { get; init; }

    /// <summary>How the result is used: the option that takes it, for example <c>--model_name_or_path</c>.</summary>
    public required string UsedBy { get; init; }

    /// <summary>The name that this option takes when the files are in the cache.</summary>
    public required string UsedAs { get; init; }

    /// <summary>Runs.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was done.</returns>
    public async Task<CommandResult> RunAsync(CancellationToken cancellation)
    {
        if (options.LocalDir is { } asked)
            OutputFolder.RequireNoFile(asked, "--local-dir");
        var settings = HubSettings.FromEnvironment() with { Connections = options.Connections, AllowHttp = options.AllowHttp };
        if (settings.Offline)
            return Offline(settings);
        var clock = Stopwatch.StartNew();
        var progress = new PullProgress(Console.Error);
        using var hub = new HubClient(settings with { Retry = settings.Retry with { Notice = progress.Again } });
        var listing = await hub.ListAsync(repository, options.Revision, cancellation);
        var licence = Licence ?? (listing.Licence is { } stated ? $"{stated} (as its card states)" : "its card states none; look at its page before you use it");
        var files = await choose(listing, hub, cancellation);
        if (!options.Json)
            console.Line($"{repository.Id} at {options.Revision} ({listing.Commit[..12]}): {files.Count} of {listing.Files.Count} files, {PullProgress.Size(files.Sum(file => Math.Max(file.Size, 0)))}{Untold(files)}; licence: {licence}");
        IPullTarget target = options.LocalDir is { } folder ? new FolderTarget(folder) : new CacheTarget(settings.Cache, listing);
        var report = new PullReport(listing, licence, target.Folder);
        if (options.DryRun)
            return Tell(report with { Files = [.. files.Select(file => new PulledFile(file, false))], IsDryRun = true });
        report = report with { Files = await hub.PullAsync(listing, files, target, options.Verify, progress, cancellation), Seconds = clock.Elapsed.TotalSeconds };
        return Tell(report);
    }

    private static string Untold(IReadOnlyList<HubFile> files) => files.Count(file => file.Size < 0) is > 0 and var untold ? $" and {untold} whose size the hub does not tell" : "";

    private CommandResult Tell(PullReport report)
    {
        if (options.Json)
            console.Json(report.ToJson());
        else
            foreach (var line in report.Lines())
                console.Line(line);
        if (!options.Json && !report.IsDryRun)
            console.Line($"use it with {UsedBy} {(options.LocalDir is null && options.Revision == HubCache.DefaultRevision ? UsedAs : report.Folder)}");
        return CommandResult.Success with { Output = report.Folder };
    }

    private CommandResult Offline(HubSettings settings)
    {
        var folder = settings.Cache.Snapshot(repository, options.Revision) ?? throw new MedicalGptException("The repository is not in the cache, and the hub may not be asked.")
        {
            Place = "HF_HUB_OFFLINE",
            Given = $"{repository.Id} at {options.Revision}",
            Allowed = $"what lies in {settings.Cache.Root}",
            Remedy = "unset HF_HUB_OFFLINE, or copy the cache folder from a machine that has pulled it",
        };
        if (options.LocalDir is { } asked)
            throw new MedicalGptException("The hub may not be asked, so nothing is pulled into a folder.") { Place = "HF_HUB_OFFLINE and --local-dir", Given = asked, Allowed = $"the snapshot in the cache: {folder}", Remedy = "unset HF_HUB_OFFLINE, or leave --local-dir out" };
        if (options.Json)
            console.Json(new System.Text.Json.Nodes.JsonObject { ["repository"] = repository.Id, ["revision"] = options.Revision, ["folder"] = folder, ["offline"] = true });
        else
            console.Line($"{repository.Id} is in the cache (HF_HUB_OFFLINE: the hub was not asked whether it is still the newest): {folder}");
        return CommandResult.Success with { Output = folder };
    }
}
