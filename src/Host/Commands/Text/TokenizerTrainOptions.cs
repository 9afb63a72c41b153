using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>A new byte-level BPE tokenizer learned from text.</summary>
[Options("tokenizer_train")]
public sealed partial record TokenizerTrainOptions
{
    /// <summary>What to learn from: a folder (read recursively) or one file, of texts or of rows of any kind (every message is read).</summary>
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

    /// <summary>Control tokens in place of the standard three (end of text, start and end of a turn); they take the last ids in this order.</summary>
    public string[] SpecialTokens { get; init; } = [];

    /// <summary>The control token that ends answers; not given: &lt;|im_end|&gt; where it is one, else the last.</summary>
    public string? EosToken { get; init; }

    /// <summary>The control token that pads; not given: &lt;|endoftext|&gt; where it is one, else the first.</summary>
    public string? PadToken { get; init; }

    /// <summary>How often a pair must occur to become a token.</summary>
    [Range(1, 1000000)]
    public int MinFrequency { get; init; } = 2;

    /// <summary>Folder of the new tokenizer.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";
}
