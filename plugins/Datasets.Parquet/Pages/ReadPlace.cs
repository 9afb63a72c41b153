namespace MedicalGpt.Datasets.Parquet.Pages;

/// <summary>Where reading is, for errors.</summary>
internal sealed class ReadPlace
{
    /// <summary>Row group, counted from 1; 0 = none.</summary>
    public int RowGroup { get; set; }

    /// <summary>Row of the file, counted from 1; 0 = none.</summary>
    public long Row { get; set; }

    /// <summary>Column.</summary>
    public string? Column { get; set; }

    /// <summary>Offset of the page; 0 = none.</summary>
    public long Page { get; set; }

    /// <summary>As text.</summary>
    public string? Describe()
    {
        List<string> parts = [];
        if (RowGroup > 0)
            parts.Add($"row group {RowGroup}");
        if (Row > 0)
            parts.Add($"row {Row}");
        if (Column is not null)
            parts.Add($"column {Column}");
        if (Column is not null && Page > 0)
            parts.Add($"page at byte {Page}");
        return parts.Count > 0 ? string.Join(", ", parts) : null;
    }
}
