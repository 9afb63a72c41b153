using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedicalGpt.Training.Templates;

/// <summary>Writes JSON as the templates' <c>tojson</c> filter does: separators ", " and ": ", keys in order, characters beyond ASCII as they are.</summary>
internal static class PythonJson
{
    /// <summary>Appends a value.</summary>
    public static void Write(JsonElement value, StringBuilder output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                output.Append('{');
                WriteAll(value.EnumerateObject(), output, property =>
                {
                    WriteString(property.Name, output);
                    output.Append(": ");
                    Write(property.Value, output);
                });
                output.Append('}');
                break;
            case JsonValueKind.Array:
                output.Append('[');
                WriteAll(value.EnumerateArray(), output, item => Write(item, output));
                output.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(value.GetString()!, output);
                break;
            default:
                output.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(IEnumerable<T> items, StringBuilder output, Action<T> write)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                output.Append(", ");
            first = false;
            write(item);
        }
    }

    private static void WriteString(string text, StringBuilder output)
    {
        output.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\b' => output.Append("\\b"),
                '\f' => output.Append("\\f"),
                < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => output.Append(character),
            };
        }

        output.Append('"');
    }
}
