using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>A new model with random weights.</summary>
[Options("model_init")]
public sealed partial record ModelInitOptions
{
    /// <summary>Folder of the new model.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";

    /// <summary>A config.json to follow; its sizes win over the flags below.</summary>
    [PathExists(PathKind.File)]
    public string? Config { get; init; }

    /// <summary>Model family, as model_type in config.json.</summary>
    public string ModelType { get; init; } = "qwen2";

    /// <summary>Folder of the tokenizer that is copied beside the weights; its size is the vocabulary unless --vocab-size is given.</summary>
    [Alias("tokenizer_name_or_path")]
    public string? Tokenizer { get; init; }

    /// <summary>Tokens of the vocabulary; none = the tokenizer's.</summary>
    [Range(1, 10000000)]
    [Unit("tokens")]
    public int? VocabSize { get; init; }

    /// <summary>Width of the hidden state.</summary>
    [Range(1, 65536)]
    public int HiddenSize { get; init; } = 128;

    /// <summary>Layers.</summary>
    [Range(1, 1024)]
    [Alias("layers")]
    public int NumHiddenLayers { get; init; } = 4;

    /// <summary>Attention heads.</summary>
    [Range(1, 1024)]
    [Alias("heads")]
    public int NumAttentionHeads { get; init; } = 4;

    /// <summary>Heads of keys and values; queries share them in groups.</summary>
    [Range(1, 1024)]
    [Alias("kv_heads")]
    public int NumKeyValueHeads { get; init; } = 2;

    /// <summary>Width of the feed-forward part.</summary>
    [Range(1, 1000000)]
    public int IntermediateSize { get; init; } = 384;

    /// <summary>Longest sequence.</summary>
    [Range(1, 100000000)]
    [Unit("tokens")]
    public int MaxPositionEmbeddings { get; init; } = 2048;

    /// <summary>Input and output embeddings are one matrix.</summary>
    public bool TieWordEmbeddings { get; init; } = true;

    /// <summary>Standard deviation of the random weights.</summary>
    [Range(0, 1, MinExclusive = true)]
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Seed of the random weights.</summary>
    [Range(0, 2147483647)]
    public int Seed { get; init; } = 42;
}
