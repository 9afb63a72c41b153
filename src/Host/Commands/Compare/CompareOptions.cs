using MedicalGpt.Options;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Compare;

/// <summary>Which models are compared on what.</summary>
[Options("compare")]
public sealed partial record CompareOptions
{
    /// <summary>Models as NAME=DIR or DIR; a PEFT adapter's folder is put on the base model that it names.</summary>
    [Required]
    [Alias("model", "model_name_or_path")]
    public string[] Models { get; init; } = [];

    /// <summary>A dataset by name (a plugin's) or by its folder.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Configuration of the dataset; its rows are prompts.</summary>
    [Alias("dataset_config")]
    public string DatasetConfigName { get; init; } = "prompts";

    /// <summary>Split of the dataset.</summary>
    public string Split { get; init; } = "test";

    /// <summary>A file or folder with prompts instead of a dataset.</summary>
    [Alias("train_file_dir", "validation_file_dir", "input")]
    public string? TestFile { get; init; }

    /// <summary>Reward functions that judge answers; accuracy is their mean total.</summary>
    [Required]
    [Alias("rewards", "reward_funcs")]
    public string[] RewardFunctions { get; init; } = [];

    /// <summary>Weights of the reward functions; none = 1 each.</summary>
    public double[] RewardWeights { get; init; } = [];

    /// <summary>Reference columns by whose values the result is split, for example language and kind.</summary>
    public string[] By { get; init; } = [];

    /// <summary>Most prompts; 0 = all.</summary>
    [Range(0, 100000000)]
    [Alias("max_eval_samples")]
    [Unit("rows")]
    public int MaxSamples { get; init; }

    /// <summary>Column names by field, for files with other names: --columns.question=query.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>What happens at a row of a file that cannot be used: fail, or skip it and count it.</summary>
    public BadRowPolicy OnBadRow { get; init; }

    /// <summary>Most tokens of an answer.</summary>
    [Range(1, 1000000)]
    [Alias("max_completion_length")]
    [Unit("tokens")]
    public int MaxNewTokens { get; init; } = 64;

    /// <summary>Prompts that are answered together.</summary>
    [Range(1, 65536)]
    [Unit("rows")]
    public int BatchSize { get; init; } = 64;

    /// <summary>Answers of all models that are shown side by side.</summary>
    [Range(0, 10000)]
    public int ShowSamples { get; init; } = 5;

    /// <summary>A JSON file for the result.</summary>
    [Alias("output_file")]
    public string? Output { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Threads of the tensor library; 0 = one per core.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }
}
