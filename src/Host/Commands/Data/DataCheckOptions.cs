using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which rows are checked.</summary>
[Options("data_check")]
public sealed partial record DataCheckOptions
{
    /// <summary>A dataset by name (a plugin's) or by its folder, whose configurations are among the sources.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Training rows: configurations of the dataset, files or folders, each with the kind of its rows (pretrain:text, sft:conversation, reward:preference, prompts:prompt).</summary>
    [Required]
    [Alias("train_file_dir")]
    public string[] Sources { get; init; } = [];

    /// <summary>Held-out rows whose prompts must not occur in any source, named in the same way; none = the validation and test rows of the sources of a dataset plugin.</summary>
    public string[] HeldOut { get; init; } = [];

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
