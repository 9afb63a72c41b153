using MedicalGpt.Options;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which rows are shown, and as which stage sees them.</summary>
[Options("data_preview")]
public sealed partial record DataPreviewOptions
{
    /// <summary>A file or a folder.</summary>
    [Alias("train_file_dir")]
    public string Input { get; init; } = "";

    /// <summary>A dataset by name (a plugin's, a published one, or its folder), instead of --input.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Configuration of the dataset, for example finetune or reward.</summary>
    [Alias("dataset_config")]
    public string? DatasetConfigName { get; init; }

    /// <summary>Split of the dataset: train, validation or test.</summary>
    public string Split { get; init; } = "train";

    /// <summary>The stage (algorithm) that encodes the rows; its own options, such as --packing and --model-max-length, may be given too.</summary>
    public string Stage { get; init; } = "sft";

    /// <summary>Folder of the model or tokenizer.</summary>
    [Required]
    [Alias("model_name_or_path", "tokenizer_name_or_path", "model")]
    [PathExists(PathKind.Directory)]
    public string Tokenizer { get; init; } = "";

    /// <summary>Chat template by name, or the path of a .jinja file; none = the one that the tokenizer brings.</summary>
    public string? TemplateName { get; init; }

    /// <summary>How a named template writes tools: default, glm4, llama3, mistral or qwen; none = as is usual for it.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>Variables of the chat template: --template_kwargs.enable_thinking=false sets enable_thinking.</summary>
    [Alias("chat_template_kwargs")]
    public IReadOnlyDictionary<string, string> TemplateKwargs { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows that are shown, after packing.</summary>
    [Range(1, 1000)]
    [Unit("rows")]
    public int Examples { get; init; } = 3;

    /// <summary>Rows that are read to make them.</summary>
    [Range(1, 100_000)]
    [Unit("rows")]
    public int MaxSamples { get; init; } = 64;

    /// <summary>Most tokens of a part of a row that are shown.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    public int MaxTokens { get; init; } = 400;

    /// <summary>Also write a page with the rows; none = no page.</summary>
    [Alias("html")]
    public string? Output { get; init; }

    /// <summary>Column names by field, for files with other names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>System turn of dialogues and prompts that bring none; none = the template's own rule.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The same for the template's reader.</summary>
    /// <returns>Which chat template, and with what.</returns>
    public ChatTemplateOptions ToTemplate() => new() { Name = TemplateName, ToolFormat = ToolFormat, Variables = TemplateKwargs };
}
