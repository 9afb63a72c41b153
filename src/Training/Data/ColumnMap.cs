namespace MedicalGpt.Training.Data;

/// <summary>From which column, path or template each field is read (<c>--columns.FIELD=…</c>).</summary>
internal sealed class ColumnMap
{
    private readonly IReadOnlyDictionary<string, string> _columns;
    private readonly Dictionary<string, ColumnTemplate> _templates;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="MedicalGptException">A template cannot be read.</exception>
    public ColumnMap(IReadOnlyDictionary<string, string> columns)
    {
        _columns = columns;
        _templates = columns.Where(column => ColumnTemplate.IsTemplate(column.Value)).ToDictionary(column => column.Key, column => ColumnTemplate.Parse(column.Key, column.Value), StringComparer.Ordinal);
        foreach (var (field, column) in columns)
            _fields.TryAdd(column, field);
    }

    /// <summary>The fields that are named in settings.</summary>
    public IEnumerable<string> Fields => _columns.Keys;

    /// <summary>The column (or path, or template) of a field.</summary>
    public string Column(string field) => _columns.TryGetValue(field, out var column) ? column : field;

    /// <summary>Whether a field is named in settings.</summary>
    public bool IsMapped(string field) => _columns.ContainsKey(field);

    /// <summary>The template of a field; null = it is a plain column.</summary>
    public ColumnTemplate? Template(string field) => _templates.GetValueOrDefault(field);

    /// <summary>The field that is read from a column.</summary>
    public string Field(string column) => _fields.GetValueOrDefault(column, column);
}
