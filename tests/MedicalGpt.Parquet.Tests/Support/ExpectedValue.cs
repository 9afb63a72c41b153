using System.Text;
using System.Text.Json;

namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Compares a value with what pyarrow read: plain JSON, with tags for what JSON has not ($b64, $dt, $d, $dec, $uuid, $f).</summary>
/// <param name="enums">Names of ENUM columns: text by the specification, bytes in pyarrow.</param>
internal sealed class ExpectedValue(IReadOnlySet<string> enums)
{
    /// <summary>The first difference, or null.</summary>
    public string? Difference(JsonElement expected, JsonElement actual, string place, string column = "") => expected.ValueKind switch
    {
        JsonValueKind.Object when Tag(expected) is { } tag => Tagged(tag, actual, column) ? null : Differ(place, expected, actual),
        JsonValueKind.Object => Objects(expected, actual, place),
        JsonValueKind.Array => Arrays(expected, actual, place, column),
        JsonValueKind.Number => SameNumber(expected, actual) ? null : Differ(place, expected, actual),
        JsonValueKind.String => actual.ValueKind == JsonValueKind.String && expected.GetString() == actual.GetString() ? null : Differ(place, expected, actual),
        _ => expected.ValueKind == actual.ValueKind ? null : Differ(place, expected, actual),
    };

    private static string Differ(string place, JsonElement expected, JsonElement actual) => $"{place}: expected {Short(expected)}, read {Short(actual)}";

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 100 } text ? text[..100] + "…" : value.GetRawText();

    private static JsonProperty? Tag(JsonElement value)
    {
        var first = value.EnumerateObject().FirstOrDefault();
        return first.Value.ValueKind != JsonValueKind.Undefined && first.Name.StartsWith('$') ? first : null;
    }

    private bool Tagged(JsonProperty tag, JsonElement actual, string column)
    {
        var text = tag.Value.GetString();
        return tag.Name switch
        {
            "$dec" => actual.ValueKind == JsonValueKind.Number && actual.GetRawText() == text,
            "$f" => actual.GetString() == text switch { "nan" => "NaN", "inf" => "Infinity", _ => "-Infinity" },
            "$b64" when enums.Contains(column) => actual.GetString() == Encoding.UTF8.GetString(tag.Value.GetBytesFromBase64()),
            _ => actual.GetString() == text,
        };
    }

    private static bool SameNumber(JsonElement expected, JsonElement actual) => actual.ValueKind == JsonValueKind.Number
        && (expected.GetRawText() == actual.GetRawText() || (expected.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0 && expected.GetDouble().Equals(actual.GetDouble())));

    private string? Objects(JsonElement expected, JsonElement actual, string place)
    {
        if (actual.ValueKind != JsonValueKind.Object)
            return Differ(place, expected, actual);
        var names = expected.EnumerateObject().Select(property => property.Name).ToList();
        var read = actual.EnumerateObject().Select(property => property.Name).ToList();
        if (!names.SequenceEqual(read))
            return $"{place}: expected the names {string.Join(", ", names)}, read {string.Join(", ", read)}";
        return names.Select(name => Difference(expected.GetProperty(name), actual.GetProperty(name), $"{place}.{name}", name)).FirstOrDefault(difference => difference is not null);
    }

    private string? Arrays(JsonElement expected, JsonElement actual, string place, string column)
    {
        if (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() != expected.GetArrayLength())
            return Differ(place, expected, actual);
        return expected.EnumerateArray().Zip(actual.EnumerateArray()).Select((pair, i) => Difference(pair.First, pair.Second, $"{place}[{i}]", column)).FirstOrDefault(difference => difference is not null);
    }
}
