using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedicalGpt.Options;

/// <summary>Option values as typed JSON.</summary>
internal static class OptionJson
{
    /// <summary>Indented, with Chinese and other letters as they are.</summary>
    public static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteValue(Utf8JsonWriter writer, OptionProvenance row)
    {
        if (row.Option.Secret)
        {
            writer.WriteStringValue(row.Value);
        }
        else if (row.Option.Type == OptionType.Map)
        {
            writer.WriteStartObject();
            foreach (var parts in row.Items.Select(item => item.Split('=', 2)))
                writer.WriteString(parts[0], parts[1]);
            writer.WriteEndObject();
        }
        else if (row.Option.IsList)
        {
            writer.WriteStartArray();
            foreach (var item in row.Items)
                WriteItem(writer, row.Option.Type, item);
            writer.WriteEndArray();
        }
        else if (row.Items.Count == 0)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteItem(writer, row.Option.Type, row.Value);
        }
    }

    /// <summary>The settings of one member: a value, or an object with <c>value</c> and <c>source</c>; a map gives one for each entry.</summary>
    public static IEnumerable<OptionSetting> Settings(string source, string key, JsonElement member)
    {
        var isWrapped = member.ValueKind == JsonValueKind.Object && member.TryGetProperty("value", out _) && member.TryGetProperty("source", out _);
        var value = isWrapped ? member.GetProperty("value") : member;
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(entry => new OptionSetting($"{key}.{entry.Name}", source, Text(entry.Value))),
            JsonValueKind.Array => [new OptionSetting(key, source, [.. value.EnumerateArray().Select(Text)]) { IsList = true }],
            _ when isWrapped && Text(value) == OptionProvenance.Hidden => [],
            _ => [new OptionSetting(key, source, Text(value))],
        };
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "none",
        _ => value.GetRawText(),
    };

    /// <summary>A number or boolean as such; what JSON cannot write (infinity) and what does not parse stays text.</summary>
    private static void WriteItem(Utf8JsonWriter writer, OptionType type, string text)
    {
        switch (type)
        {
            case OptionType.Boolean when OptionText.TryBoolean(text, out var flag):
                writer.WriteBooleanValue(flag);
                break;
            case OptionType.Integer or OptionType.Long or OptionType.IntegerList when OptionText.TryLong(text, out var whole):
                writer.WriteNumberValue(whole);
                break;
            case OptionType.Number or OptionType.NumberList when OptionText.TryNumber(text, out var number) && double.IsFinite(number):
                writer.WriteRawValue(OptionText.Number(number));
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }
}
