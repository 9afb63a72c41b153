using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>A JSON row whose columns are read by field name; every error names file, line and column.</summary>
internal sealed class DataRow
{
    /// <summary>What LLaMA-Factory calls the label of an answer.</summary>
    private const string Tag = "kto_tag";
    private static readonly string[] Answers = ["answer", "output", "response", "completion"];
    private readonly JsonElement _fields;
    private readonly ColumnMap _columns;
    private Dictionary<string, JsonElement>? _rendered;

    /// <summary>Wraps a row.</summary>
    /// <exception cref="MedicalGptException">It is no JSON object.</exception>
    public DataRow(JsonElement fields, RowOrigin origin, ColumnMap columns)
    {
        _fields = fields;
        Origin = origin;
        _columns = columns;
        if (fields.ValueKind != JsonValueKind.Object)
            throw new MedicalGptException("The row is no JSON object.") { Place = origin.ToString(), Given = Short(fields), Allowed = "an object with columns, {…}" };
    }

    /// <summary>Where the row came from.</summary>
    public RowOrigin Origin { get; }

    /// <summary>The columns that the row has.</summary>
    public IEnumerable<string> Keys => _fields.EnumerateObject().Select(f => f.Name);

    /// <summary>The column, path or template that a field is read from.</summary>
    public string Column(string field) => field == "label" && HasTagOnly ? Tag : _columns.Column(field);

    /// <summary>How to name this row's columns (<see cref="ColumnMap.Advice"/>).</summary>
    public string Advice(string flags) => _columns.Advice(flags, Origin.Source);

    /// <summary>Whether a field is read from a path or template that the user gave.</summary>
    public bool IsMapped(string field) => _columns.IsMapped(field);

    /// <summary>Whether all fields that settings name are among these.</summary>
    public bool MapsOnly(IReadOnlyList<string> fields) => _columns.Fields.All(fields.Contains);

    /// <summary>Whether a field is composed by a template.</summary>
    public bool IsComposed(string field) => _columns.Template(field) is not null;

    /// <summary>Whether a field is there and not null.</summary>
    public bool Has(string field) => Get(field).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether a field is there, if only as null.</summary>
    public bool IsThere(string field) => Get(field).ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether a field is a string.</summary>
    public bool IsText(string field) => Get(field).ValueKind == JsonValueKind.String;

    /// <summary>Whether a field is a list.</summary>
    public bool IsList(string field) => Get(field).ValueKind == JsonValueKind.Array;

    /// <summary>A field's value; undefined when it is absent.</summary>
    public JsonElement Get(string field)
    {
        if (_columns.Template(field) is not { } template)
            return ColumnPath.Find(_fields, Column(field), _columns.IsMapped(field));
        _rendered ??= [];
        if (!_rendered.TryGetValue(field, out var value))
            _rendered[field] = value = template.Render(_fields, Origin);
        return value;
    }

    /// <summary>A string that must be there.</summary>
    public string Text(string field)
    {
        var value = Get(field);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when Answers.Contains(field) => throw NoText(field, value),
            _ => throw Wrong(field, "a string"),
        };
    }

    /// <summary>A string that must be there and say something.</summary>
    public string FilledText(string field)
    {
        var text = Text(field);
        return string.IsNullOrWhiteSpace(text)
            ? throw new MedicalGptException($"\"{Column(field)}\" is empty.") { Place = Origin.ToString(), Given = Short(Get(field)), Allowed = "text", Remedy = "fill it in or leave the row out" }
            : text;
    }

    /// <summary>A string, or "" when it is absent or null.</summary>
    public string TextOrEmpty(string field) => Has(field) ? Text(field) : "";

    /// <summary>Token ids.</summary>
    public int[] Ids(string field, int least = 0)
    {
        if (!IsList(field))
            throw Wrong(field, "a list of token ids");
        var ids = new int[Get(field).GetArrayLength()];
        var index = 0;
        foreach (var item in Get(field).EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out ids[index]) || ids[index] < least)
                throw new MedicalGptException($"\"{Column(field)}\" holds what is no token id.") { Place = $"{Origin}, item {index}", Given = Short(item), Allowed = $"an integer of at least {least}" };
            index++;
        }

        return ids;
    }

    /// <summary>A number; null when it is absent.</summary>
    public double? Number(string field)
    {
        if (!Has(field))
            return null;
        return Get(field).ValueKind == JsonValueKind.Number && Get(field).TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Wrong(field, "a number");
    }

    /// <summary>Every other column as text, for reward functions: strings as they are, other values as JSON. Fields from paths and templates are among them.</summary>
    public Dictionary<string, string> Others(params string[] usedFields)
    {
        var others = new Dictionary<string, string>();
        foreach (var column in _fields.EnumerateObject().Where(column => column.Value.ValueKind != JsonValueKind.Null))
            foreach (var field in _columns.FieldsOf(column.Name))
                if (!usedFields.Contains(field) && !(field == column.Name && IsReplaced(field)))
                    others[field] = Raw(column.Value);
        foreach (var field in _columns.Fields)
            if (!usedFields.Contains(field) && !_fields.TryGetProperty(Column(field), out _) && Has(field))
                others[field] = Raw(Get(field));
        return others;
    }

    private bool HasTagOnly => !_columns.IsMapped("label") && !(_fields.TryGetProperty("label", out var label) && label.ValueKind is not (JsonValueKind.Null or JsonValueKind.String)) && _fields.TryGetProperty(Tag, out var tag) && tag.ValueKind != JsonValueKind.Null;

    // A column whose name is that of a field which is read from another column.
    private bool IsReplaced(string column) => _columns.Fields.Contains(column) && Column(column) != column;

    /// <summary>The error that a field is not what is allowed.</summary>
    public MedicalGptException Wrong(string field, string expected)
    {
        var value = Get(field);
        return value.ValueKind == JsonValueKind.Undefined
            ? new MedicalGptException($"The row has no \"{Column(field)}\".") { Place = Origin.ToString(), Given = $"the columns {string.Join(", ", Keys)}", Allowed = expected }
            : new MedicalGptException($"\"{Column(field)}\" cannot be used.") { Place = Origin.ToString(), Given = Short(value), Allowed = expected };
    }

    // A number may be an answer, but also the place of one in a list or a class: only a person knows.
    private MedicalGptException NoText(string field, JsonElement value) => new($"\"{Column(field)}\" is no text, and what it means is not guessed.")
    {
        Place = Origin.ToString(),
        Given = Short(value),
        Allowed = $"text (\"{Short(value)}\")",
        Remedy = _columns.IsMapped(field)
            ? $"write it in quotes, or compose text: {Advice($"--columns.{field}='{{{Column(field).Trim('{', '}')}}}.'")}"
            : $"where it is the answer, write it in quotes, or compose text of it: {Advice($"--columns.{field}='{{{Column(field)}}}.'")}{(field == "answer" ? $"; where it counts options, name their column: {Advice("--columns.options=COLUMN")}" : "")}",
    };

    /// <summary>A value in an error message.</summary>
    public static string Short(JsonElement value) => Short(value.ValueKind == JsonValueKind.Undefined ? "missing" : value.GetRawText());

    /// <summary>A text in an error message.</summary>
    public static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;

    private static string Raw(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
