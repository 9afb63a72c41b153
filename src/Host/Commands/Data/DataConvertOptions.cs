using MedicalGpt.Options;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which rows are written, and how.</summary>
[Options("data_convert")]
public sealed partial record DataConvertOptions
{
    /// <summary>Rows of any readable shape and format: a file or a folder, its kind behind a colon where it is not the one found (rows.jsonl:prompt).</summary>
    [Alias("in_file", "train_file_dir")]
    public string Input { get; init; } = "";

    /// <summary>A dataset by name (a plugin's, a published one, or its folder), instead of --input.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Configuration of the dataset, for example finetune or reward.</summary>
    [Alias("dataset_config")]
    public string? DatasetConfigName { get; init; }

    /// <summary>Split of the dataset: train, validation or test.</summary>
    public string Split { get; init; } = "train";

    /// <summary>The JSONL file to write.</summary>
    [Required]
    [Alias("out_file")]
    public string Output { get; init; } = "";

    /// <summary>Form of the rows: sharegpt, messages, preference, prompt, text; auto = the usual one of the kind found.</summary>
    public CanonicalForm To { get; init; } = CanonicalForm.Auto;

    /// <summary>Replace likely personal data by marks: [ID NUMBER], [PHONE], [EMAIL], [RECORD NUMBER], [SSN].</summary>
    public bool MaskPersonalData { get; init; }

    /// <summary>Leave repeated rows out: none, exact, near.</summary>
    public DedupeMode Dedupe { get; init; } = DedupeMode.None;

    /// <summary>A second file, for held-out rows.</summary>
    public string? ValidationOutput { get; init; }

    /// <summary>Share of the rows that goes to --validation-output. Rows that ask the same go to the same file.</summary>
    [Range(0, 50)]
    [Unit("%")]
    public double ValidationSplitPercentage { get; init; } = 5;

    /// <summary>Column names by field, for files with other names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>What happens at a row that cannot be used: fail, or skip it and count it.</summary>
    public BadRowPolicy OnBadRow { get; init; }

    /// <summary>System turn of dialogues and prompts that bring none; none = none.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Most rows that are written; 0 = all.</summary>
    [Range(0, int.MaxValue)]
    [Unit("rows")]
    public int MaxSamples { get; init; }

    /// <summary>Replace files that exist.</summary>
    public bool Overwrite { get; init; }
}
