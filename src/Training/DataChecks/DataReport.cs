using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>What a check of rows found.</summary>
/// <param name="Sources">Counts by file or dataset.</param>
/// <param name="Findings">Findings, the worst first.</param>
public sealed record DataReport(IReadOnlyList<SourceCounts> Sources, IReadOnlyList<DataFinding> Findings)
{
    /// <summary>Different held-out prompts that were looked for.</summary>
    public int HeldOutPrompts { get; init; }

    /// <summary>Different held-out prompts that occur in the rows.</summary>
    public int HeldOutMet { get; init; }

    /// <summary>How far rules without understanding get on preference pairs (the first 20,000); null where there are none.</summary>
    public PreferenceBaselines? Baselines { get; init; }

    /// <summary>Number of findings of a severity.</summary>
    /// <param name="severity">The severity.</param>
    public int Count(FindingSeverity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>The report for programs.</summary>
    /// <param name="notices">What reading told: the shape of each file, and what was left out; null = nothing was read.</param>
    /// <returns>JSON.</returns>
    public JsonObject ToJson(IEnumerable<string>? notices = null) => new()
    {
        ["rows"] = Sources.Sum(source => source.Rows),
        ["errors"] = Count(FindingSeverity.Error),
        ["warnings"] = Count(FindingSeverity.Warning),
        ["held_out_prompts"] = HeldOutPrompts,
        ["overlap"] = HeldOutMet,
        ["length_only"] = Baselines?.LengthOnly,
        ["format_only"] = Baselines?.FormatOnly,
        ["sources"] = new JsonArray([.. Sources.Select(source => (JsonNode)source.ToJson())]),
        ["findings"] = new JsonArray([.. Findings.Select(finding => (JsonNode)finding.ToJson())]),
        ["notices"] = notices is null ? null : new JsonArray([.. notices.Select(line => (JsonNode)line)]),
    };

    /// <summary>The counts for people.</summary>
    /// <returns>Lines.</returns>
    public IEnumerable<string> CountLines()
    {
        foreach (var line in Sources.SelectMany(source => source.Lines()))
            yield return line;
        if (Baselines is { } rules)
            yield return FormattableString.Invariant($"pairs: by length alone {rules.LengthOnly:0.000}, by format alone {rules.FormatOnly:0.000} of {rules.Pairs:N0} pairs are told apart (0.5 = chance)");
    }
}
