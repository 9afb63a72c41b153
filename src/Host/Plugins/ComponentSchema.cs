using System.Globalization;
using System.Text.Json;
using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>Reads the options of a component from its JSON schema, for help and lists, without loading its plugin.</summary>
public static class ComponentSchema
{
    private const long MaxBytes = 4 << 20;

    /// <summary>The options table that the schema describes.</summary>
    /// <param name="component">The component.</param>
    /// <exception cref="PluginException">The schema is missing or not one of ours.</exception>
    public static OptionsDescriptor Read(ComponentInfo component)
    {
        try
        {
            if (new FileInfo(component.SchemaPath).Length > MaxBytes)
                throw new InvalidDataException($"it is larger than {MaxBytes} bytes");
            using var json = JsonDocument.Parse(File.ReadAllBytes(component.SchemaPath));
            return Record(json.RootElement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or InvalidDataException)
        {
            throw new PluginException($"The options schema of {component.Kind} '{component.Name}' cannot be read: {error.Message}", error)
            {
                Place = component.SchemaPath,
                Remedy = "rebuild the plugin with this host's Plugin SDK, or copy its folder again",
            };
        }
    }

    private static OptionsDescriptor Record(JsonElement schema)
    {
        var required = Texts(schema, "required");
        return new OptionsDescriptor
        {
            Name = Text(schema, "title")!,
            TypeName = Text(schema, "x-type")!,
            Summary = Text(schema, "description")!,
            Options = [.. schema.GetProperty("properties").EnumerateObject().Select(property => Option(property.Name, property.Value, required))],
            StageDefaults = [.. Pairs(schema, "x-stage-defaults").Select(pair => new StageDefault(pair.Key, pair.Text))],
            Presets = schema.TryGetProperty("x-presets", out var presets)
                ? [.. from preset in presets.EnumerateObject() from value in preset.Value.EnumerateObject() select new PresetValue(preset.Name, value.Name, value.Value.GetString()!)]
                : [],
            AcceptedWithoutEffect = [.. Pairs(schema, "x-accepted-without-effect").Select(pair => new AcceptedOption(pair.Key, pair.Text))],
        };
    }

    private static OptionDescriptor Option(string key, JsonElement property, IReadOnlyList<string> required)
    {
        var limits = property.TryGetProperty("items", out var items) ? items : property;
        return new OptionDescriptor
        {
            Key = key,
            Type = Enum.Parse<OptionType>(Text(property, "x-kind")!),
            Summary = Text(property, "description")!,
            Default = property.TryGetProperty("default", out var value) ? DefaultText(value) : null,
            Nullable = property.GetProperty("type").ValueKind == JsonValueKind.Array,
            Required = required.Contains(key),
            Min = Number(limits, "minimum") ?? Number(limits, "exclusiveMinimum"),
            Max = Number(limits, "maximum") ?? Number(limits, "exclusiveMaximum"),
            MinExclusive = limits.TryGetProperty("exclusiveMinimum", out _),
            MaxExclusive = limits.TryGetProperty("exclusiveMaximum", out _),
            AllowInfinity = property.TryGetProperty("x-allow-infinity", out _),
            Unit = Text(property, "x-unit"),
            Aliases = Texts(property, "x-aliases"),
            AllowedValues = Texts(limits, "enum"),
            MustExist = Text(property, "x-must-exist") is { } kind ? Enum.Parse<PathKind>(kind) : null,
            Secret = property.TryGetProperty("x-secret", out _),
            Hidden = property.TryGetProperty("x-hidden", out _),
        };
    }

    private static string? DefaultText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(DefaultText)),
        _ => value.GetRawText(),
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? double.Parse(value.GetRawText(), CultureInfo.InvariantCulture) : null;

    private static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values)
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]
            : [];

    private static IEnumerable<(string Key, string Text)> Pairs(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values) ? values.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!)) : [];
}
