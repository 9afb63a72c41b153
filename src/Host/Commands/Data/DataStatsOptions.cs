using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which rows are counted.</summary>
[Options("data_stats")]
public sealed partial record DataStatsOptions
{
    /// <summary>A file or a folder, its kind behind a colon where it is not the one found (rows.jsonl:prompt).</summary>
    [Required]
    [Alias("train_file_dir", "file_path")]
    public string Input { get; init; } = "";

    /// <summary>Folder of a tokenizer or model: lengths are then in tokens.</summary>
    [Alias("model_name_or_path", "tokenizer_name_or_path", "model")]
    [PathExists(PathKind.Directory)]
    public string? Tokenizer { get; init; }

    /// <summary>Chat template by name; none = the one that the tokenizer brings.</summary>
    public string? TemplateName { get; init; }

    /// <summary>Column names by field, for files with other names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Most rows; 0 = all.</summary>
    [Range(0, int.MaxValue)]
    [Unit("rows")]
    public int MaxSamples { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
