using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MedicalGpt.Modeling;

/// <summary>Which linear layers get a LoRA branch, by PEFT's rules.</summary>
public sealed class LoraTargets
{
    private readonly string[]? names;
    private readonly string? pattern;

    private LoraTargets(string[]? names, string? pattern)
    {
        this.names = names;
        this.pattern = pattern;
    }

    /// <summary>Every linear layer but the output head.</summary>
    public static LoraTargets AllLinear { get; } = new(null, null);

    /// <summary>Layers whose path is a name or ends with "." and a name.</summary>
    /// <param name="names">For example <c>q_proj</c>, <c>v_proj</c>.</param>
    /// <returns>The targets.</returns>
    public static LoraTargets Suffixes(IEnumerable<string> names) => new([.. names], null);

    /// <summary>Layers whose whole path matches a regular expression.</summary>
    /// <param name="pattern">For example <c>.*\.(q|v)_proj</c>.</param>
    /// <returns>The targets.</returns>
    public static LoraTargets Matching(string pattern) => new(null, pattern);

    /// <summary>Reads the value of <c>--target_modules</c>.</summary>
    /// <param name="text"><c>all</c> or <c>all-linear</c>, a list of names separated by commas, or a regular expression.</param>
    /// <returns>The targets.</returns>
    public static LoraTargets Parse(string text)
    {
        var trimmed = text.Trim();
        if (IsAll(trimmed))
            return AllLinear;
        var parts = trimmed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.All(p => p.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')) ? Suffixes(parts) : Matching(trimmed);
    }

    /// <summary>Selects among module paths.</summary>
    /// <param name="paths">Paths of linear layers, for example <c>model.layers.0.self_attn.q_proj</c>, and of the token embedding.</param>
    /// <param name="place">Where the targets come from, for the error.</param>
    /// <param name="embedding">Path of the token embedding; <c>all-linear</c> leaves it out.</param>
    /// <returns>The chosen ones.</returns>
    /// <exception cref="MedicalGptException">None matches, a listed name matches nothing, or the expression is malformed.</exception>
    internal IReadOnlyList<string> Select(IReadOnlyList<string> paths, string place, string? embedding = null)
    {
        if (names is null && pattern is null)
            return [.. paths.Where(p => p is not ("lm_head" or "score") && p != embedding)];
        var known = string.Join(", ", paths.Select(p => p[(p.LastIndexOf('.') + 1)..]).Distinct());
        if (names is not null)
        {
            var unmatched = names.Where(n => !paths.Any(p => Ends(p, n))).ToArray();
            if (unmatched.Length > 0)
                throw new MedicalGptException($"{place}: LoRA target {string.Join(", ", unmatched.Select(n => $"'{n}'"))} names no linear layer of this model; its layers are {known}");
            return [.. paths.Where(p => names.Any(n => Ends(p, n)))];
        }

        var chosen = paths.Where(Matcher(place)).ToArray();
        return chosen.Length > 0 ? chosen : throw new MedicalGptException($"{place}: LoRA target pattern '{pattern}' matches no linear layer of this model; its layers are {known} (paths such as {paths[0]})");
    }

    /// <summary>The listed names, or the expression as the only one.</summary>
    /// <param name="all">What <c>all-linear</c> stands for; null or empty = itself.</param>
    /// <returns>The names.</returns>
    public IReadOnlySet<string> Names(IReadOnlySet<string>? all) =>
        names is not null ? names.ToHashSet(StringComparer.Ordinal) : pattern is not null ? new HashSet<string> { pattern } : all is { Count: > 0 } ? all : new HashSet<string> { "all" };

    /// <summary>Leaves out what an adapter's <c>exclude_modules</c> names.</summary>
    /// <param name="paths">Chosen paths.</param>
    /// <param name="place">Where the names come from, for the error.</param>
    /// <returns>The rest.</returns>
    internal IReadOnlyList<string> Without(IReadOnlyList<string> paths, string place)
    {
        var named = names is null && pattern is null ? _ => false : Matcher(place);
        return [.. paths.Where(p => !named(p))];
    }

    private Func<string, bool> Matcher(string place)
    {
        if (names is not null)
            return path => names.Any(n => Ends(path, n));
        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new MedicalGptException($"{place}: LoRA target pattern '{pattern}' is not a supported regular expression: {error.Message}", error);
        }
    }

    /// <summary>The value of <c>target_modules</c> in <c>adapter_config.json</c>; all-linear is written as the names it selected, as PEFT does.</summary>
    /// <param name="selected">Paths that have a branch.</param>
    internal JsonNode ToJson(IReadOnlyList<string> selected)
    {
        if (pattern is not null)
            return JsonValue.Create(pattern);
        var list = names ?? [.. selected.Select(p => p[(p.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal)];
        return new JsonArray([.. list.Select(n => (JsonNode)JsonValue.Create(n))]);
    }

    /// <summary>Reads <c>target_modules</c> or <c>exclude_modules</c>.</summary>
    internal static LoraTargets FromJson(JsonNode? node, string place, string key = "target_modules") => node switch
    {
        JsonArray list when list.All(n => n is JsonValue v && v.TryGetValue<string>(out _)) => Suffixes(list.Select(n => (string)n!)),
        JsonValue value when value.TryGetValue<string>(out var text) => IsAll(text) ? AllLinear : Matching(text),
        _ => throw new MedicalGptException($"{place}: '{key}' is {node?.ToJsonString() ?? "missing"}; a list of names or a string is needed"),
    };

    /// <summary>Whether a path is a name or ends with it, by PEFT's rule.</summary>
    internal static bool Ends(string path, string name) => path == name || path.EndsWith("." + name, StringComparison.Ordinal);

    private static bool IsAll(string text) => text.Equals("all", StringComparison.OrdinalIgnoreCase) || text.Equals("all-linear", StringComparison.OrdinalIgnoreCase);
}
