namespace MedicalGpt.Training.Data;

/// <summary>A data file and how its rows are read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format: jsonl, json, csv, tsv, txt, or that of a plugin.</param>
internal sealed record DataFile(string Path, string Format)
{
    /// <summary>Column names of a table without a header line; empty = its first line is the header.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>Whether lines are documents.</summary>
    public bool IsPlainText => Format == "txt";

    /// <summary>A file by its name.</summary>
    public static DataFile Of(string path) => new(path, DataFileName.Of(path).Format);
}
