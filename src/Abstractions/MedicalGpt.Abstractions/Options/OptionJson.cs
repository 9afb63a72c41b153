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
