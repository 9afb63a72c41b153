using System.Text.Json.Nodes;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Something that was found in rows.</summary>
/// <param name="Code">Its short name, for programs, for example <c>duplicate_rows</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Count">How often.</param>
/// <param name="Text">What was found, for people; begins with the number.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="First">The first places.</param>
public sealed record DataFinding(string Code, FindingSeverity Severity, long Count, string Text, string Remedy, IReadOnlyList<FindingPlace> First)
{
    /// <summary>The finding for programs.</summary>
    /// <returns>JSON.</returns>
    public JsonObject ToJson() => new()
    {
        ["code"] = Code,
        ["severity"] = Severity.ToString().ToLowerInvariant(),
        ["count"] = Count,
        ["text"] = Text,
        ["remedy"] = Remedy,
        ["first"] = new JsonArray([.. First.Select(place => (JsonNode)new JsonObject { ["source"] = place.Origin.Source, ["line"] = place.Origin.Line, ["detail"] = place.Detail })]),
    };

    /// <summary>The finding for people.</summary>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Lines()
    {
        yield return $"{Severity.ToString().ToLowerInvariant(),-7} {Text}";
        if (First.Count > 0)
            yield return $"        at {string.Join(", ", First.Take(3))}{(Count > 3 ? ", …" : "")}";
        if (Remedy.Length > 0)
            yield return $"        {Remedy}";
    }
}
