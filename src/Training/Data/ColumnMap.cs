namespace MedicalGpt.Training.Data;

/// <summary>From which column, path or template each field is read (<c>--columns.FIELD=…</c>).</summary>
internal sealed class ColumnMap
{
    private readonly IReadOnlyDictionary<string, string> _columns;
    private readonly Dictionary<string, ColumnTemplate> _templates;
    private readonly ILookup<string, string> _fields;

    private readonly bool _isShared;

    /// <summary>Reads the settings.</summary>
    /// <param name="columns">Columns by field.</param>
    /// <param name="isShared">Whether other sources are read by them too.</param>
    /// <exception cref="MedicalGptException">A template cannot be read.</exception>
    public ColumnMap(IReadOnlyDictionary<string, string> columns, bool isShared = false)
    {
        _isShared = isShared;
        _columns = columns;
        _templates = columns.Where(column => ColumnTemplate.IsTemplate(column.Value)).ToDictionary(column => column.Key, column => ColumnTemplate.Parse(column.Key, column.Value), StringComparer.Ordinal);
        _fields = columns.ToLookup(column => column.Value, column => column.Key, StringComparer.Ordinal);
    }

    /// <summary>The fields that are named in settings.</summary>
    public IEnumerable<string> Fields => _columns.Keys;

    /// <summary>The column (or path, or template) of a field.</summary>
    public string Column(string field) => _columns.TryGetValue(field, out var column) ? column : field;

    /// <summary>Whether a field is named in settings.</summary>
    public bool IsMapped(string field) => _columns.ContainsKey(field);

    /// <summary>The template of a field; null = it is a plain column.</summary>
    public ColumnTemplate? Template(string field) => _templates.GetValueOrDefault(field);

    /// <summary>How to name columns for one file: the flags, or, where they would hold for other sources too, to write the file anew with them.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="file">The file.</param>
    public string Advice(string flags, string file) => _isShared ? $"medgpt data convert {file} --output NEW.jsonl {flags} (in training, --columns hold for all sources)" : flags;

    /// <summary>The fields that are read from a column: those that settings name, else the one of its own name.</summary>
    public IEnumerable<string> FieldsOf(string column) => _fields.Contains(column) ? _fields[column] : [column];
}
