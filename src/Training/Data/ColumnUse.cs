namespace MedicalGpt.Training.Data;

/// <summary>Finds out which columns that settings name are in no row at all: such a setting is most likely mistyped, and what it should have brought is missing without an error where the field may be absent.</summary>
/// <param name="fields">The fields that are looked for.</param>
internal sealed class ColumnUse(IEnumerable<string> fields)
{
    private readonly List<string> _missing = [.. fields];
    private DataRow? _last;

    /// <summary>Looks at a row.</summary>
    /// <param name="row">The row.</param>
    public void See(DataRow row)
    {
        _last = row;
        if (_missing.Count > 0)
            _missing.RemoveAll(field => row.IsComposed(field) || row.IsThere(field));
    }

    /// <summary>What no row had.</summary>
    /// <param name="notice">Receives a line for each.</param>
    public void Report(Action<string> notice)
    {
        foreach (var field in _last is null ? [] : _missing)
            notice($"{_last!.Origin.Source}: no row up to here has \"{_last.Column(field)}\", which --columns.{field} names; the last one has {string.Join(", ", _last.Keys)}.");
    }
}
