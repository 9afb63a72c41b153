using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>A new byte-level BPE tokenizer learned from text.</summary>
[Options("tokenizer_train")]
public sealed partial record TokenizerTrainOptions
{
    /// <summary>Text to learn from: a folder (read recursively) or one file.</summary>
    [Alias("input", "train_file")]
    public string? TrainFileDir { get; init; }

    /// <summary>A dataset by name (a plugin's) or by its folder; used where --train-file-dir is not given.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Configurations of the dataset to learn from.</summary>
    [Alias("dataset_config")]
    public string[] DatasetConfigName { get; init; } = [];

    /// <summary>Tokens of the vocabulary, special tokens included.</summary>
    [Range(260, 1000000)]
    [Unit("tokens")]
    public int VocabSize { get; init; } = 8000;

    /// <summary>Folder of the new tokenizer.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";
}
