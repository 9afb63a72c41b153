namespace MedicalGpt.Data;

/// <summary>One configuration of a published dataset.</summary>
/// <param name="Name">The name users write (<c>--dataset_config_name</c>), for example <c>finetune</c>.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Files">File patterns by split (<c>train</c>, <c>validation</c>, <c>test</c>), relative to the dataset's folder; <c>*</c> matches within a folder, <c>**</c> across folders.</param>
public sealed record DatasetConfiguration(string Name, ExampleKind Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Files)
{
    /// <summary>Column, or template over columns (<c>{instruction}\n{input}</c>), by field; empty = the rows have a known shape.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>What users should know when they use it; null = nothing.</summary>
    public string? Notice { get; init; }
}
