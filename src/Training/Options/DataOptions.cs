using MedicalGpt.Options;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Training;

/// <summary>Which rows a run learns from and is measured on.</summary>
[Options("data")]
[AcceptedWithoutEffect("remove_unused_columns", "columns that no stage reads do no harm; rewards may read them")]
[AcceptedWithoutEffect("preprocessing_num_workers", "rows are encoded fast enough by one thread")]
[AcceptedWithoutEffect("dataset_num_proc", "rows are encoded fast enough by one thread")]
[AcceptedWithoutEffect("dataloader_num_workers", "rows are encoded before training starts")]
[AcceptedWithoutEffect("group_by_length", "batches are not padded, so there is nothing to gain")]
public sealed partial record DataOptions
{
    /// <summary>Training rows: a folder (read recursively) or one file (.jsonl, .json, .csv, .tsv, .txt for pt, formats of plugins; each also .gz, .zst).</summary>
    [Alias("train_file")]
    public string? TrainFileDir { get; init; }

    /// <summary>Several sources of training rows with weights, mixed into one: files, folders or datasets (NAME:CONFIGURATION), each with =WEIGHT behind it (data/a.jsonl=0.7); used instead of --train_file_dir.</summary>
    [Alias("data_sources")]
    public string[] TrainSources { get; init; } = [];

    /// <summary>How --train_sources are mixed: first_exhausted and all_exhausted draw each row by the weights until one source, or every source, has ended; repeat reads each source as often as its weight says.</summary>
    public Data.MixStrategy MixStrategy { get; init; }

    /// <summary>Rows among which the next training row is drawn while reading, so that a row limit does not take the beginning of a sorted file; 0 = as they stand.</summary>
    [Range(0, 10_000_000)]
    [Unit("rows")]
    public int ShuffleBufferSize { get; init; }

    /// <summary>Held-out rows: a folder (read recursively) or one file.</summary>
    [Alias("validation_file", "eval_file_dir")]
    public string? ValidationFileDir { get; init; }

    /// <summary>A dataset by name (a plugin's) or by its folder; used where --train_file_dir is not given.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Configuration of the dataset, for example finetune, reward or dpo.</summary>
    [Alias("dataset_config")]
    public string? DatasetConfigName { get; init; }

    /// <summary>Most training rows that are used; 0 or less = all.</summary>
    [Alias("train_samples")]
    [Unit("rows")]
    public int? MaxTrainSamples { get; init; }

    /// <summary>Most held-out rows that are used; 0 or less = all.</summary>
    [Unit("rows")]
    public int? MaxEvalSamples { get; init; }

    /// <summary>Share of the training rows (the first ones, at least one) that is held out when no held-out rows are given; rows that ask the same are on the same side. 0 = none.</summary>
    [Range(0, 50)]
    [Unit("%")]
    public double ValidationSplitPercentage { get; init; }

    /// <summary>Draw the rows of every epoch in a new order, given by the seed.</summary>
    [Alias("shuffle_dataset")]
    public bool Shuffle { get; init; } = true;

    /// <summary>A run fails at the door when a larger share of its training rows would be cut at the length limit; 1 = never.</summary>
    [Range(0, 1)]
    public double MaxTruncatedShare { get; init; } = 0.5;

    /// <summary>Columns by field, for files with other names: --columns.question=query reads the field question from the column query, a.b reaches into a column, and '{instruction}\n{input?}' composes a field of several. They hold for all files and sources of a run.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>What happens at a row of a file that cannot be used: fail, or skip it and count it.</summary>
    public Data.BadRowPolicy OnBadRow { get; init; }

    /// <summary>System turn of prompts and dialogues that bring none; none = the template's own rule.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Chat template by name, or the path of a .jinja file; none = the one that the tokenizer brings.</summary>
    public string? TemplateName { get; init; }

    /// <summary>What a run does with what the check of its rows finds: warn stops at errors and prints warnings, strict stops at warnings too, off does not look.</summary>
    public DataChecks.DataCheckMode DataCheck { get; init; } = DataChecks.DataCheckMode.Warn;

    /// <summary>Folder of encoded rows, which later runs on the same rows take instead of encoding them again; none = medgpt/rows below XDG_CACHE_HOME or ~/.cache.</summary>
    public string? DataCacheDir { get; init; }

    /// <summary>Most that the folder of encoded rows holds; the rows used longest ago are deleted. 0 = nothing is kept.</summary>
    [Range(0, 1_000_000)]
    [Unit("GiB")]
    public double DataCacheSize { get; init; } = 20;

    /// <summary>Encode the rows anew, and replace what is kept of them.</summary>
    public bool OverwriteCache { get; init; }

    /// <summary>How a named template writes tools: default, glm4, llama3, mistral or qwen; none = as is usual for it.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>Variables of the chat template: --template_kwargs.enable_thinking=false sets enable_thinking.</summary>
    [Alias("chat_template_kwargs")]
    public IReadOnlyDictionary<string, string> TemplateKwargs { get; init; } = new Dictionary<string, string>();

    /// <summary>The same for the template's reader.</summary>
    /// <returns>Which chat template, and with what.</returns>
    public ChatTemplateOptions ToTemplate() => new() { Name = TemplateName, ToolFormat = ToolFormat, Variables = TemplateKwargs };
}
