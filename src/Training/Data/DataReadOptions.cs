using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>How rows are read from files.</summary>
public sealed record DataReadOptions
{
    /// <summary>
    /// Column names by field: <c>question</c> to <c>query</c> reads the field question from the column query (<c>--columns.question=query</c>). <c>a.b</c> reaches into a column;
    /// <c>{instruction}\n{input?}</c> composes a field of several.
    /// </summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether other sources are read with the same <see cref="Columns"/>, so that naming columns for one file would change how the others are read.</summary>
    public bool SharesColumns { get; init; }

    /// <summary>The system turn of prompts and dialogues that bring none; null = none.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>What happens at a row that cannot be used (<c>--on_bad_row</c>).</summary>
    public BadRowPolicy OnBadRow { get; init; }

    /// <summary>Whether a row that says by its keys that it is of a more specific kind than what is asked for is refused: true where the kind was found out from the first rows, false where a person or a stage named it.</summary>
    public bool RefuseOtherKinds { get; init; }

    /// <summary>Tables of published datasets that are known by name; the host gives those of the plugins.</summary>
    public Lazy<IReadOnlyList<DatasetSource>> Published { get; init; } = new([]);

    /// <summary>The hub's cache, in which datasets that were pulled are found; null = the one that the environment names.</summary>
    public HubCache? Cache { get; init; }

    /// <summary>Folders in which <c>--dataset_name</c> is looked up, in order; the name is tried as a path first.</summary>
    public IReadOnlyList<string> DatasetRoots { get; init; } = ["data"];

    /// <summary>Formats beyond those that are read here; the host gives those of the plugins.</summary>
    public IRowFormats Formats { get; init; } = NoRowFormats.Instance;

    /// <summary>Collects the rows that are left out.</summary>
    public SkippedRows Skipped { get; init; } = new();

    /// <summary>Receives what a person should know: how each file was understood, which files were left out.</summary>
    public Action<string> Notice { get; init; } = _ => { };
}
