using System.Text;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>
/// A field composed of columns: <c>{instruction}\n{input}</c>. <c>{a.b}</c> reaches into a column, <c>{input?}</c> is empty where the column is missing or null; <c>\n</c>, <c>\t</c>, <c>\\</c>, <c>\{</c> and <c>\}</c>
/// (also <c>{{</c> and <c>}}</c>) are escapes. A template of one placeholder alone gives the column's value as it is, a list as a list.
/// </summary>
internal sealed class ColumnTemplate
{
    private readonly List<Part> _parts = [];

    private ColumnTemplate(string text) => Text = text;

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Whether a column setting is a template and not a plain name.</summary>
    public static bool IsTemplate(string text) => text.Contains('{', StringComparison.Ordinal);

    /// <summary>Reads a template.</summary>
    /// <param name="field">The field it fills, for errors.</param>
    /// <param name="text">The template.</param>
    /// <exception cref="MedicalGptException">A brace is left open, a placeholder is empty, or an escape is unknown.</exception>
    public static ColumnTemplate Parse(string field, string text)
    {
        var template = new ColumnTemplate(text);
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '\\')
            {
                literal.Append(Escaped(next) ?? throw Wrong(field, text, $"\\{next} is no escape", "\\n, \\t, \\r, \\\\, \\{ and \\}"));
                i++;
            }
            else if (text[i] is '{' or '}' && next == text[i])
            {
                literal.Append(text[i++]);
            }
            else if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                var name = end < 0 ? throw Wrong(field, text, "a brace is left open", "{COLUMN}") : text[(i + 1)..end].Trim();
                var isOptional = name.EndsWith('?');
                name = name.TrimEnd('?').Trim();
                if (name.Length == 0 || name.Contains('{', StringComparison.Ordinal))
                    throw Wrong(field, text, "a placeholder names no column", "{COLUMN}, {COLUMN.MEMBER}, {COLUMN?}");
                template.Add(literal);
                template._parts.Add(new Part(name, true, isOptional));
                i = end;
            }
            else
            {
                literal.Append(text[i] == '}' ? throw Wrong(field, text, "a closing brace has no opening one", "}} or \\} for a brace") : text[i]);
            }
        }

        template.Add(literal);
        return template;
    }

    /// <summary>The field of a row.</summary>
    /// <param name="row">The row's columns.</param>
    /// <param name="origin">Where it is, for errors.</param>
    /// <returns>A string, or with one placeholder alone the value itself.</returns>
    /// <exception cref="MedicalGptException">A column that is not optional is missing or null.</exception>
    public JsonElement Render(JsonElement row, RowOrigin origin)
    {
        if (_parts is [{ IsColumn: true } only])
            return Value(only, row, origin);
        var text = new StringBuilder();
        foreach (var part in _parts)
            text.Append(part.IsColumn ? Words(Value(part, row, origin)) : part.Text);
        return JsonSerializer.SerializeToElement(text.ToString());
    }

    private JsonElement Value(Part part, JsonElement row, RowOrigin origin)
    {
        var value = ColumnPath.Find(row, part.Text);
        if (part.IsOptional || value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            return value;
        throw new MedicalGptException(value.ValueKind == JsonValueKind.Null ? $"The column \"{part.Text}\" of a template is null." : $"The row has no column \"{part.Text}\", which a template names.")
        {
            Place = origin.ToString(),
            Given = $"the template {Text}; the columns {string.Join(", ", row.EnumerateObject().Select(column => column.Name))}",
            Remedy = $"correct the name, or write {{{part.Text}?}} where the column may be missing",
        };
    }

    /// <summary>A value as text: strings as they are, lists of strings line by line, nothing for null, others as JSON.</summary>
    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => string.Join('\n', value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };

    private static char? Escaped(char escape) => escape switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '\\' or '{' or '}' => escape,
        _ => null,
    };

    private static MedicalGptException Wrong(string field, string text, string why, string allowed) =>
        new($"A column template cannot be read: {why}.") { Place = $"--columns.{field}", Given = text, Allowed = allowed };

    private void Add(StringBuilder literal)
    {
        if (literal.Length > 0)
            _parts.Add(new Part(literal.ToString(), false, false));
        literal.Clear();
    }

    private readonly record struct Part(string Text, bool IsColumn, bool IsOptional);
}
