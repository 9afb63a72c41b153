using System.Text.Json.Nodes;

namespace MedicalGpt.Training.DataChecks;

/// <summary>What is in a file or another source of rows.</summary>
/// <param name="Name">Its path or name.</param>
public sealed record SourceCounts(string Name)
{
    /// <summary>Rows by what they are: dialogues, texts, pairs, prompts, token rows.</summary>
    public IDictionary<string, long> Kinds { get; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Turns by role.</summary>
    public IDictionary<string, long> Roles { get; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Characters of a row.</summary>
    public LengthStatistics Characters { get; } = new();

    /// <summary>Tokens of a row; empty without a tokenizer.</summary>
    public LengthStatistics Tokens { get; } = new();

    /// <summary>Tokens that would be learned.</summary>
    public long Learned { get; internal set; }

    /// <summary>Chinese, Japanese and Korean characters.</summary>
    public long EastAsian { get; internal set; }

    /// <summary>Rows.</summary>
    public long Rows => Kinds.Values.Sum();

    /// <summary>The counts for programs.</summary>
    /// <returns>JSON.</returns>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["rows"] = Rows,
        ["kinds"] = Numbers(Kinds),
        ["roles"] = Numbers(Roles),
        ["characters"] = Characters.ToJson(),
        ["east_asian_characters"] = EastAsian,
        ["tokens"] = Tokens.Count > 0 ? Tokens.ToJson() : null,
        ["learned_tokens"] = Tokens.Count > 0 ? Learned : null,
    };

    /// <summary>The counts for people.</summary>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Lines()
    {
        yield return FormattableString.Invariant($"{Name}: {string.Join(", ", Kinds.Select(kind => FormattableString.Invariant($"{kind.Value:N0} {kind.Key}")))}{(Roles.Count > 0 ? $"; turns: {string.Join(", ", Roles.Select(role => FormattableString.Invariant($"{role.Value:N0} {role.Key}")))}" : "")}");
        var unit = Tokens.Count > 0 ? "tokens" : "characters";
        var lengths = Tokens.Count > 0 ? Tokens : Characters;
        if (Characters.Sum > 0)
            yield return FormattableString.Invariant($"  {Characters.Sum:N0} characters, {EastAsian / (double)Characters.Sum:P0} of them Chinese, Japanese or Korean{(Tokens.Count > 0 ? FormattableString.Invariant($"; {Tokens.Sum:N0} tokens, {Learned:N0} learned") : "")}");
        yield return FormattableString.Invariant($"  {unit} a row: {lengths.Shortest:N0} to {lengths.Longest:N0}, half up to {lengths.Quantile(0.5):N0}, 95 % up to {lengths.Quantile(0.95):N0}, 99 % up to {lengths.Quantile(0.99):N0}");
        var most = lengths.Histogram().Select(bar => bar.Rows).DefaultIfEmpty(1).Max();
        foreach (var bar in lengths.Histogram())
            yield return FormattableString.Invariant($"    up to {bar.UpTo,7:N0} {new string('#', (int)Math.Ceiling(bar.Rows * 40.0 / most)),-40} {bar.Rows:N0}");
    }

    private static JsonObject Numbers(IDictionary<string, long> counts) => new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
}
