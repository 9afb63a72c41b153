using MedicalGpt.Options;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which rows are counted.</summary>
[Options("data_stats")]
public sealed partial record DataStatsOptions
{
    /// <summary>A file or a folder, its kind behind a colon where it is not the one found (rows.jsonl:prompt).</summary>
    [Alias("train_file_dir", "file_path")]
    public string Input { get; init; } = "";

    /// <summary>A dataset by name (a plugin's, a published one, or its folder), instead of --input.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Configuration of the dataset, for example finetune or reward.</summary>
    [Alias("dataset_config")]
    public string? DatasetConfigName { get; init; }

    /// <summary>Split of the dataset: train, validation or test.</summary>
    public string Split { get; init; } = "train";

    /// <summary>Folder of a tokenizer or model: lengths are then in tokens.</summary>
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

    /// <summary>Column names by field, for files with other names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Most rows; 0 = all.</summary>
    [Range(0, int.MaxValue)]
    [Unit("rows")]
    public int MaxSamples { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The same for the template's reader.</summary>
    /// <returns>Which chat template, and with what.</returns>
    public ChatTemplateOptions ToTemplate() => new() { Name = TemplateName, ToolFormat = ToolFormat, Variables = TemplateKwargs };

    partial void OnValidate(OptionErrors errors)
    {
        if (Tokenizer is not null)
            return;
        foreach (var (key, isGiven) in new[] { ("template_name", TemplateName is not null), ("tool_format", ToolFormat is not null), ("template_kwargs", TemplateKwargs.Count > 0) })
            if (isGiven)
                errors.Conflict(key, "it has no effect without a tokenizer", "give one (--tokenizer DIR), or leave it out");
    }
}
