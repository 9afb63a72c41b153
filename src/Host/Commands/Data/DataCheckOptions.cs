using MedicalGpt.Options;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which rows are checked, and for what.</summary>
[Options("data_check")]
public sealed partial record DataCheckOptions
{
    /// <summary>A dataset by name (a plugin's) or by its folder, whose configurations are among the sources.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Training rows: files, folders or configurations of the dataset, each with the kind of its rows behind a colon (pretrain:text, sft:conversation, reward:preference, prompts:prompt); files and folders without one are looked at.</summary>
    [Required]
    [Alias("train_file_dir", "dataset_config_name")]
    public string[] Sources { get; init; } = [];

    /// <summary>Held-out rows whose prompts must not occur in any source, named in the same way; none = the validation and test rows of the sources of a dataset plugin.</summary>
    [Alias("validation_file_dir")]
    public string[] HeldOut { get; init; } = [];

    /// <summary>Folder of a tokenizer or model: lengths are then in tokens, and masks and end tokens are looked at.</summary>
    [Alias("model_name_or_path", "tokenizer_name_or_path", "model")]
    [PathExists(PathKind.Directory)]
    public string? Tokenizer { get; init; }

    /// <summary>Chat template by name, or the path of a .jinja file; none = the one that the tokenizer brings.</summary>
    public string? TemplateName { get; init; }

    /// <summary>How a named template writes tools: default, glm4, llama3, mistral or qwen; none = as is usual for it.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>Variables of the chat template: --template_kwargs.enable_thinking=false sets enable_thinking.</summary>
    [Alias("chat_template_kwargs")]
    public IReadOnlyDictionary<string, string> TemplateKwargs { get; init; } = new Dictionary<string, string>();

    /// <summary>Most tokens of a row, to see how many would be cut; 0 = no limit. Needs a tokenizer.</summary>
    [Range(0, 1_048_576)]
    [Unit("tokens")]
    [Alias("model_max_length", "max_seq_length")]
    public int MaxLength { get; init; }

    /// <summary>Look also for rows that nearly repeat an earlier one (MinHash over five-character pieces, similarity 0.85).</summary>
    public bool NearDuplicates { get; init; }

    /// <summary>Column names by field, for files with other names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Most rows of each source; 0 = all.</summary>
    [Range(0, int.MaxValue)]
    [Unit("rows")]
    public int MaxSamples { get; init; }

    /// <summary>Fail at warnings too.</summary>
    public bool Strict { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The same for the template's reader.</summary>
    /// <returns>Which chat template, and with what.</returns>
    public ChatTemplateOptions ToTemplate() => new() { Name = TemplateName, ToolFormat = ToolFormat, Variables = TemplateKwargs };

    partial void OnValidate(OptionErrors errors)
    {
        if (Tokenizer is not null)
            return;
        foreach (var (key, isGiven) in new[] { ("template_name", TemplateName is not null), ("tool_format", ToolFormat is not null), ("template_kwargs", TemplateKwargs.Count > 0), ("max_length", MaxLength > 0) })
            if (isGiven)
                errors.Conflict(key, "it has no effect without a tokenizer", "give one (--tokenizer DIR), or leave it out");
    }
}
