using System.Globalization;
using System.Numerics;
using System.Text.Json;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>JSON as values of templates; all its texts and keys count as content.</summary>
internal static class JsonValues
{
    /// <summary>A value.</summary>
    /// <param name="element">JSON.</param>
    /// <param name="source">What the texts are marked with; null = they are the template's own.</param>
    public static Value Of(JsonElement element, int? source) => element.ValueKind switch
    {
        JsonValueKind.Object => Dictionary(element, source),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(item => Of(item, source))]),
        JsonValueKind.String => StringValue.Content(element.GetString()!, source),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.True => BoolValue.True,
        JsonValueKind.False => BoolValue.False,
        _ => NoneValue.Instance,
    };

    private static DictValue Dictionary(JsonElement element, int? source)
    {
        var entries = DictValue.NewEntries();
        foreach (var property in element.EnumerateObject())
            entries[StringValue.Content(property.Name, source)] = Of(property.Value, source);
        return new DictValue(entries);
    }

    private static Value Number(string text)
    {
        if (text.AsSpan().IndexOfAny(".eE") >= 0)
            return new FloatValue(double.Parse(text, CultureInfo.InvariantCulture));
        return text.Length <= 4000 ? new IntValue(BigInteger.Parse(text, CultureInfo.InvariantCulture)) : throw JinjaException.Limit("a whole number has more than 4,000 digits");
    }
}
