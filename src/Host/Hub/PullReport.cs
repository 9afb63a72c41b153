using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>What a pull did.</summary>
/// <param name="Listing">What the repository holds.</param>
/// <param name="Licence">Its licence, with who says so.</param>
/// <param name="Folder">Where the files are.</param>
internal sealed record PullReport(HubListing Listing, string Licence, string Folder)
{
    /// <summary>The files.</summary>
    public IReadOnlyList<PulledFile> Files { get; init; } = [];

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether nothing was done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The report for people.</summary>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Lines()
    {
        if (IsDryRun)
            return Files.Select(file => $"{PullProgress.Size(file.File.Size),13}  {file.File.Path}").Append($"nothing was pulled (--dry-run); they would go to {Folder}");
        var fetched = Files.Where(file => file.Fetched).ToList();
        var bytes = fetched.Sum(file => Math.Max(file.File.Size, 0));
        var rate = Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" in {Seconds:0.0} s") : "";
        return [$"pulled {fetched.Count} files, {PullProgress.Size(bytes)}{rate}; {Files.Count - fetched.Count} were there: {Folder}"];
    }

    /// <summary>The report for programs.</summary>
    /// <returns>JSON.</returns>
    public JsonObject ToJson() => new()
    {
        ["repository"] = Listing.Repository.Id,
        ["kind"] = Listing.Repository.Kind == HubRepositoryKind.Model ? "model" : "dataset",
        ["revision"] = Listing.Revision,
        ["commit"] = Listing.Commit,
        ["licence"] = Licence,
        ["gated"] = Listing.Gated,
        ["folder"] = Folder,
        ["dry_run"] = IsDryRun,
        ["seconds"] = Math.Round(Seconds, 3),
        ["files"] = new JsonArray([.. Files.Select(file => (JsonNode)new JsonObject { ["path"] = file.File.Path, ["bytes"] = file.File.Size < 0 ? null : JsonValue.Create(file.File.Size), ["etag"] = file.File.ETag, ["fetched"] = file.Fetched })]),
    };
}
