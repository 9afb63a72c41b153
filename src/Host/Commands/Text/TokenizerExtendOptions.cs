using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>Words that a tokenizer, and a model with it, gets as tokens of their own.</summary>
[Options("tokenizer_extend")]
public sealed partial record TokenizerExtendOptions
{
    /// <summary>Folder of the tokenizer to extend; not needed where --model is given.</summary>
    [Alias("base_tokenizer_dir", "tokenizer_name_or_path")]
    public string? Tokenizer { get; init; }

    /// <summary>Folder of a whole model whose embeddings grow with the vocabulary; the result is a model folder.</summary>
    [Alias("model_name_or_path")]
    public string? Model { get; init; }

    /// <summary>A text file with a word on each line (what stands behind a tab is ignored); the order decides the ids.</summary>
    [PathExists(PathKind.File)]
    [Alias("domain_words")]
    public string? Words { get; init; }

    /// <summary>Folder of a second tokenizer whose words are added, in the order of its ids, after those of --words.</summary>
    [Alias("domain_tokenizer")]
    public string? From { get; init; }

    /// <summary>The most tokens to add.</summary>
    [Range(1, 1000000)]
    [Unit("tokens")]
    public int MaxTokens { get; init; } = 100000;

    /// <summary>Words of scripts with blanks between words are not found inside longer words.</summary>
    public bool WholeWords { get; init; } = true;

    /// <summary>Folder of the result.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";
}
