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

    /// <summary>A config.json to follow to the letter; the shape and the sizes below are not read then.</summary>
    [PathExists(PathKind.File)]
    public string? Config { get; init; }

    /// <summary>A known shape, such as qwen2.5-0.5b, llama-3.2-1b, gemma-3-270m or tiny-phi3; a wrong name lists them all. None = the small one of --model-type.</summary>
    public string? Shape { get; init; }

    /// <summary>Model family, as model_type in config.json; not read with --shape.</summary>
    public string ModelType { get; init; } = "qwen2";

    /// <summary>Folder of the tokenizer that is copied beside the weights; its size is the vocabulary unless --vocab-size or --shape is given.</summary>
    [Alias("tokenizer_name_or_path")]
    public string? Tokenizer { get; init; }

    /// <summary>Tokens of the vocabulary; none = the shape's, else the tokenizer's.</summary>
    [Range(1, 10000000)]
    [Unit("tokens")]
    public int? VocabSize { get; init; }

    /// <summary>Width of the hidden state; none = the shape's.</summary>
    [Range(1, 65536)]
    public int? HiddenSize { get; init; }

    /// <summary>Layers; none = the shape's.</summary>
    [Range(1, 1024)]
    [Alias("layers")]
    public int? NumHiddenLayers { get; init; }

    /// <summary>Attention heads; none = the shape's.</summary>
    [Range(1, 1024)]
    [Alias("heads")]
    public int? NumAttentionHeads { get; init; }

    /// <summary>Heads of keys and values; queries share them in groups; none = the shape's.</summary>
    [Range(1, 1024)]
    [Alias("kv_heads")]
    public int? NumKeyValueHeads { get; init; }

    /// <summary>Width of the feed-forward part; none = the shape's.</summary>
    [Range(1, 1000000)]
    public int? IntermediateSize { get; init; }

    /// <summary>Longest sequence; none = the shape's.</summary>
    [Range(1, 100000000)]
    [Unit("tokens")]
    public int? MaxPositionEmbeddings { get; init; }

    /// <summary>Input and output embeddings are one matrix; none = the shape's.</summary>
    public bool? TieWordEmbeddings { get; init; }

    /// <summary>Standard deviation of the random weights; none = the shape's.</summary>
    [Range(0, 1, MinExclusive = true)]
    public double? InitializerRange { get; init; }

    /// <summary>Width of an attention head; none = the shape's, or width by heads where one of them is given.</summary>
    [Range(2, 4096)]
    public int? HeadDim { get; init; }

    /// <summary>Number type of the weights in the files; none = what --config says, else fp32.</summary>
    public WeightFormat? Dtype { get; init; }

    /// <summary>Largest weight file, such as 500MB or 2GB (as in transformers: GB = 1,000,000,000 bytes, GiB = 2^30); larger models get several, with an index.</summary>
    public string MaxShardSize { get; init; } = "5GB";

    /// <summary>Seed of the random weights.</summary>
    [Range(0, 2147483647)]
    public int Seed { get; init; } = 42;
}
