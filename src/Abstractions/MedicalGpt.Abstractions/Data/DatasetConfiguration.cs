namespace MedicalGpt.Data;

/// <summary>One configuration of a published dataset.</summary>
/// <param name="Name">The name users write (<c>--dataset_config_name</c>), for example <c>finetune</c>.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Files">File patterns by split (<c>train</c>, <c>validation</c>, <c>test</c>), relative to the dataset's folder; <c>*</c> matches within a folder, <c>**</c> across folders, and files that are compressed (<c>.gz</c>, <c>.zst</c>) match without that ending. Several patterns are alternatives: the first that matches a file is used.</param>
public sealed record DatasetConfiguration(string Name, ExampleKind Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Files)
{
    /// <summary>Column, or template over columns (<c>{instruction}\n{input}</c>), by field; empty = the rows have a known shape.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>The format of the files where their endings do not tell it (<c>csv</c> for a list called .txt); null = by ending.</summary>
    public string? Format { get; init; }

    /// <summary>Column names of tables that have no header line; empty = their first line is the header.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>Columns that are filled from other files.</summary>
    public IReadOnlyList<DatasetJoin> Joins { get; init; } = [];

    /// <summary>What users should know when they use it; null = nothing.</summary>
    public string? Notice { get; init; }
}
