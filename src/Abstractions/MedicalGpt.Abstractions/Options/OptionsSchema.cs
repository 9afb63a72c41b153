using System.Text.Json;

namespace MedicalGpt.Options;

/// <summary>Reads the JSON schema that the generator writes back into a descriptor, so that help, recipes and checks need not load the record's assembly.</summary>
public static class OptionsSchema
{
    /// <summary>Prefix of the assembly metadata key: <c>medgpt.schema:dpo</c> has the schema of the record named <c>dpo</c>.</summary>
    public const string MetadataPrefix = "medgpt.schema:";

    /// <summary>Reads a schema.</summary>
    /// <param name="json">The schema as text.</param>
    /// <exception cref="MedicalGptException">The text is not a schema of an options record.</exception>
    public static OptionsDescriptor Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Record(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new MedicalGptException("The text is not the schema of an options record.", error)
            {
                Given = json.Length > 80 ? json[..80] + "..." : json,
                Remedy = "build the plugin again with the current Plugin SDK",
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
            Options = [.. schema.GetProperty("properties").EnumerateObject().Select(item => Option(item.Name, item.Value, required.Contains(item.Name)))],
            StageDefaults = [.. Members(schema, "x-stage-defaults").Select(item => new StageDefault(item.Name, item.Value.GetString()!))],
            Presets = [.. from preset in Members(schema, "x-presets")
                          from item in preset.Value.EnumerateObject()
                          select new PresetValue(preset.Name, item.Name, item.Value.GetString()!)],
            AcceptedWithoutEffect = [.. Members(schema, "x-accepted-without-effect").Select(item => new AcceptedOption(item.Name, item.Value.GetString()!))],
        };
    }

    private static OptionDescriptor Option(string key, JsonElement schema, bool required)
    {
        var item = schema.TryGetProperty("items", out var items) ? items : schema;
        return new OptionDescriptor
        {
            Key = key,
            Type = Enum.Parse<OptionType>(Text(schema, "x-kind")!),
            Summary = Text(schema, "description")!,
            Default = schema.TryGetProperty("default", out var value) ? Value(value) : null,
            Nullable = schema.GetProperty("type").ValueKind == JsonValueKind.Array,
            Required = required,
            Min = Number(item, "minimum") ?? Number(item, "exclusiveMinimum"),
            Max = Number(item, "maximum") ?? Number(item, "exclusiveMaximum"),
            MinExclusive = item.TryGetProperty("exclusiveMinimum", out _),
            MaxExclusive = item.TryGetProperty("exclusiveMaximum", out _),
            AllowInfinity = schema.TryGetProperty("x-allow-infinity", out _),
            Unit = Text(schema, "x-unit"),
            Aliases = Texts(schema, "x-aliases"),
            AllowedValues = Texts(item, "enum"),
            MustExist = Text(schema, "x-must-exist") is { } kind ? Enum.Parse<PathKind>(kind) : null,
            Secret = schema.TryGetProperty("x-secret", out _),
            Hidden = schema.TryGetProperty("x-hidden", out _),
        };
    }

    private static string? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Value)),
        _ => value.GetRawText(),
    };

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static string[] Texts(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value)
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static JsonProperty[] Members(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? [.. value.EnumerateObject()] : [];
}
