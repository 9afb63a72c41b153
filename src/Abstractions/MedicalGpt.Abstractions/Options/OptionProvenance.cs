using System.Text;
using System.Text.Json;

namespace MedicalGpt.Options;

/// <summary>The resolved value of one option and the layer that set it.</summary>
/// <param name="Record">Name of the options record.</param>
/// <param name="Option">The option.</param>
/// <param name="Items">The value as texts: one, or a list's items, or a map's <c>name=text</c>; none for null.</param>
/// <param name="Source">The layer, such as <c>command line</c> or <c>record default</c>.</param>
public sealed record OptionProvenance(string Record, OptionDescriptor Option, IReadOnlyList<string> Items, string Source)
{
    /// <summary>The layer of values that no layer has set.</summary>
    public const string RecordDefault = "record default";

    /// <summary>What stands for a secret's value.</summary>
    internal const string Hidden = "***";

    /// <summary>The value as one text; <c>none</c> for null and <c>***</c> for a secret.</summary>
    public string Value => Items.Count == 0 ? (Option.IsList || Option.Type == OptionType.Map ? "" : "none") : Option.Secret ? Hidden : string.Join(",", Items);

    /// <summary>The values as an aligned table of text, one line each: key, value, layer.</summary>
    /// <param name="rows">The rows.</param>
    public static string Table(IReadOnlyList<OptionProvenance> rows)
    {
        var keys = rows.Max(row => row.Option.Key.Length);
        var values = rows.Max(row => row.Value.Length);
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(row.Option.Key.PadRight(keys)).Append("  ").Append(row.Value.PadRight(values)).Append("  ").Append(row.Source).Append('\n');
        return text.ToString();
    }

    /// <summary>Writes the values as one JSON object by key: <c>{"beta":{"value":0.1,"source":"record default","record":"dpo"}}</c>.</summary>
    /// <param name="writer">Receives the object.</param>
    /// <param name="rows">The rows.</param>
    public static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<OptionProvenance> rows)
    {
        writer.WriteStartObject();
        foreach (var row in rows)
        {
            writer.WriteStartObject(row.Option.Key);
            writer.WritePropertyName("value");
            OptionJson.WriteValue(writer, row);
            writer.WriteString("source", row.Source);
            writer.WriteString("record", row.Record);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The values as one JSON object by key, as text.</summary>
    /// <param name="rows">The rows.</param>
    public static string Json(IReadOnlyList<OptionProvenance> rows)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, OptionJson.Readable))
            WriteJson(writer, rows);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static OptionProvenance Of(OptionsDescriptor record, OptionDescriptor option, OptionValues values)
    {
        if (option.Type == OptionType.Map)
        {
            var entries = values.Entries(option.Key).ToList();
            return entries.Count == 0
                ? new(record.Name, option, [], RecordDefault)
                : new(record.Name, option, [.. entries.Select(entry => $"{entry.Key}={entry.Value.Text}")], string.Join(", ", entries.Select(entry => entry.Value.Source).Distinct()));
        }

        if (values.Find(option.Key) is not { } setting)
            return new(record.Name, option, option.Default is null ? [] : option.IsList ? OptionList.Split(option.Default) : [option.Default], RecordDefault);
        var isNone = option.Nullable && setting is { IsList: false, Items: [var only] } && OptionList.IsNone(only);
        return new(record.Name, option, isNone ? [] : option.IsList ? OptionList.Items(setting) : setting.Items, setting.Source);
    }
}
