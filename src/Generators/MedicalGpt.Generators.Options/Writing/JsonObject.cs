using System.Collections;
using System.Globalization;
using System.Text;
using MedicalGpt.Generators.Options.Reading;

namespace MedicalGpt.Generators.Options.Writing;

/// <summary>A JSON object being written: names with values that are JSON already. (System.Text.Json is not part of netstandard2.0.)</summary>
internal sealed class JsonObject : IEnumerable
{
    private readonly List<string> _members = [];

    public void Add(string name, string json) => _members.Add(Text(name) + ":" + json);

    public static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(letter),
            };
        }

        return text.Append('"').ToString();
    }

    public static string Texts(IEnumerable<string> values) => "[" + string.Join(",", values.Select(Text)) + "]";

    public static string Number(double value) => Numbers.Text(value);

    /// <summary>A number's text; infinity, which JSON does not have, as a string.</summary>
    public static string NumberText(string text) => text is "inf" or "-inf" ? Text(text) : text;

    public IEnumerator GetEnumerator() => _members.GetEnumerator();

    public override string ToString() => "{" + string.Join(",", _members) + "}";
}
