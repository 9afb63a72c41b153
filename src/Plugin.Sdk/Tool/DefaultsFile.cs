using System.Text;
using System.Text.Json.Nodes;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Plugins.Tool;

/// <summary>Writes a component's defaults as commented YAML, from its JSON schema.</summary>
internal static class DefaultsFile
{
    /// <summary>The file's text.</summary>
    /// <param name="component">The component.</param>
    /// <param name="schema">Schema of its options.</param>
    public static string Write(DeclaredComponent component, JsonObject schema)
    {
        var text = new StringBuilder();
        text.Append($"# {component.Kind} {component.Name}: {component.Summary}\n# Written at build from {component.OptionsType}; every option with its default.\n");
        foreach (var (key, node) in schema["properties"]?.AsObject() ?? [])
        {
            var option = node!.AsObject();
            if (option["x-hidden"] is not null)
                continue;
            var required = schema["required"] is JsonArray names && names.Any(name => (string?)name == key);
            text.Append('\n');
            foreach (var line in ((string?)option["description"] ?? "").Split('\n'))
                text.Append("# ").Append(line.Trim()).Append('\n');
            text.Append("# ").AppendJoin("; ", Notes(option, required)).Append('\n');
            text.Append(required ? $"# {key}:\n" : $"{key}: {option["default"]?.ToJsonString() ?? "null"}\n");
        }

        if (schema["x-stage-defaults"] is JsonObject stage)
        {
            text.Append("\n# Defaults that it sets for other options of the stage.\n");
            foreach (var (key, value) in stage)
                text.Append($"{key}: {value}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Notes(JsonObject option, bool required)
    {
        yield return TypeText(option) + Range(option["items"] as JsonObject ?? option);
        if (required)
            yield return "required";
        if ((option["enum"] ?? option["items"]?["enum"]) is JsonArray values)
            yield return "one of " + string.Join(", ", values.Where(value => value is not null));
        if (option["x-unit"] is { } unit)
            yield return "unit: " + unit;
        if (option["x-aliases"] is JsonArray aliases)
            yield return "also: " + string.Join(", ", aliases);
    }

    private static string TypeText(JsonObject option) =>
        option["type"] is JsonArray types ? string.Join(" or ", types) : (string?)option["type"] ?? "any";

    private static string Range(JsonObject option)
    {
        string?[] parts =
        [
            Bound(option, "minimum", ">="), Bound(option, "exclusiveMinimum", ">"), Bound(option, "maximum", "<="), Bound(option, "exclusiveMaximum", "<"),
        ];
        var range = string.Join(" and ", parts.Where(part => part is not null));
        return range.Length == 0 ? "" : " " + range;
    }

    private static string? Bound(JsonObject option, string keyword, string sign) =>
        option[keyword] is { } value ? $"{sign} {value.ToJsonString()}" : null;
}
