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
    /// <param name="paths">Paths of linear layers, for example <c>model.layers.0.self_attn.q_proj</c>.</param>
    /// <param name="place">Where the targets come from, for the error.</param>
    /// <returns>The chosen ones.</returns>
    /// <exception cref="MedicalGptException">None matches, a listed name matches nothing, or the expression is malformed.</exception>
    internal IReadOnlyList<string> Select(IReadOnlyList<string> paths, string place)
    {
        if (names is null && pattern is null)
            return [.. paths.Where(p => p is not ("lm_head" or "score"))];
        var known = string.Join(", ", paths.Select(p => p[(p.LastIndexOf('.') + 1)..]).Distinct());
        if (names is not null)
        {
            var unmatched = names.Where(n => !paths.Any(p => Ends(p, n))).ToArray();
            if (unmatched.Length > 0)
                throw new MedicalGptException($"{place}: LoRA target {string.Join(", ", unmatched.Select(n => $"'{n}'"))} names no linear layer of this model; its layers are {known}");
            return [.. paths.Where(p => names.Any(n => Ends(p, n)))];
        }

        try
        {
            var expression = new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            var chosen = paths.Where(p => expression.IsMatch(p)).ToArray();
            return chosen.Length > 0 ? chosen : throw new MedicalGptException($"{place}: LoRA target pattern '{pattern}' matches no linear layer of this model; its layers are {known} (paths such as {paths[0]})");
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new MedicalGptException($"{place}: LoRA target pattern '{pattern}' is not a supported regular expression: {error.Message}", error);
        }
    }

    /// <summary>The value of <c>target_modules</c> in <c>adapter_config.json</c>; all-linear is written as the names it selected, as PEFT does.</summary>
    internal JsonNode ToJson(IReadOnlyList<string> selected)
    {
        if (pattern is not null)
            return JsonValue.Create(pattern);
        var list = names ?? [.. selected.Select(p => p[(p.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal)];
        return new JsonArray([.. list.Select(n => (JsonNode)JsonValue.Create(n))]);
    }

    /// <summary>Reads <c>target_modules</c>.</summary>
    internal static LoraTargets FromJson(JsonNode? node, string place) => node switch
    {
        JsonArray list when list.All(n => n is JsonValue v && v.TryGetValue<string>(out _)) => Suffixes(list.Select(n => (string)n!)),
        JsonValue value when value.TryGetValue<string>(out var text) => IsAll(text) ? AllLinear : Matching(text),
        _ => throw new MedicalGptException($"{place}: 'target_modules' is {node?.ToJsonString() ?? "missing"}; a list of names or a string is needed"),
    };

    private static bool IsAll(string text) => text.Equals("all", StringComparison.OrdinalIgnoreCase) || text.Equals("all-linear", StringComparison.OrdinalIgnoreCase);

    private static bool Ends(string path, string name) => path == name || path.EndsWith("." + name, StringComparison.Ordinal);
}
