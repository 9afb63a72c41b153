using MedicalGpt.Modeling;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>The configuration of a new model, from a file, a known shape and the sizes that were given.</summary>
/// <param name="families">The model families.</param>
internal sealed class ModelShape(ModelFamilies families)
{
    /// <summary>Chooses the configuration.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="encoder">The tokenizer; null without.</param>
    /// <returns>The configuration, its format set.</returns>
    /// <exception cref="MedicalGptException">The shape is unknown, sizes do not fit together, or the vocabulary is too small for the tokenizer.</exception>
    public ModelConfig Choose(ModelInitOptions options, ExampleEncoder? encoder)
    {
        var config = options.Config is { } path ? ModelConfig.Read(path) : FromShape(options, encoder);
        if (encoder?.Tokenizer.VocabularySize is { } tokens && tokens > config.Integer("vocab_size"))
            throw new MedicalGptException("The vocabulary is smaller than the tokenizer's.") { Place = options.Config ?? "--vocab-size", Given = $"{config.Integer("vocab_size")}", Allowed = $"{tokens} or more" };
        if (options.Dtype is { } dtype)
        {
            foreach (var key in new[] { "dtype", "torch_dtype" })
                config.Json[key] = dtype switch { WeightFormat.Bf16 => "bfloat16", WeightFormat.Fp16 => "float16", _ => "float32" };
        }

        return config;
    }

    private ModelConfig FromShape(ModelInitOptions options, ExampleEncoder? encoder)
    {
        var (family, preset) = Find(options);
        var vocabulary = options.VocabSize ?? (options.Shape is null ? encoder?.Tokenizer.VocabularySize : preset.VocabularySize)
            ?? throw new MedicalGptException("The size of the vocabulary is unknown.") { Place = "medgpt model init", Remedy = "give --tokenizer DIR, --vocab-size N or --shape NAME" };
        var (width, heads) = (options.HiddenSize ?? preset.HiddenSize, options.NumAttentionHeads ?? preset.HeadCount);
        var resized = options.HiddenSize is not null || options.NumAttentionHeads is not null;
        if (options.HeadDim is null && resized && width % heads != 0)
            throw new MedicalGptException("The width is no multiple of the number of heads.") { Place = "--hidden-size", Given = $"{width} with --num-attention-heads {heads}", Allowed = $"a multiple of {heads}, or --head-dim" };
        var layers = options.NumHiddenLayers ?? preset.LayerCount;
        var shape = preset with
        {
            VocabularySize = vocabulary,
            HiddenSize = width,
            LayerCount = layers,
            HeadCount = heads,
            KeyValueHeadCount = options.NumKeyValueHeads ?? preset.KeyValueHeadCount,
            HeadDimension = options.HeadDim ?? (resized ? width / heads : preset.HeadDimension),
            IntermediateSize = options.IntermediateSize ?? preset.IntermediateSize,
            MaxPositions = options.MaxPositionEmbeddings ?? preset.MaxPositions,
            TiedEmbeddings = options.TieWordEmbeddings ?? preset.TiedEmbeddings,
            InitializerRange = options.InitializerRange ?? preset.InitializerRange,
            // The pattern of windows goes on, or ends earlier.
            Window = preset.Window is { } window ? window with { Layers = [.. Enumerable.Range(0, layers).Select(i => window.Layers[i % window.Layers.Count])] } : null,
        };
        return new ModelConfig(family.Write(shape.Checked("model shape")), "model shape");
    }

    private (IModelFamily Family, DecoderOptions Preset) Find(ModelInitOptions options)
    {
        if (options.Shape is null)
        {
            var family = families.Named(options.ModelType);
            return (family, family.Presets.Count > 0 ? family.Presets[0].Options : Small);
        }

        foreach (var family in families.All)
        {
            if (family.Presets.FirstOrDefault(p => p.Name.Equals(options.Shape, StringComparison.OrdinalIgnoreCase)) is { } found)
                return (family, found.Options);
        }

        throw new MedicalGptException("The shape is not known.") { Place = "--shape", Given = options.Shape, Allowed = string.Join(", ", families.All.SelectMany(f => f.Presets).Select(p => p.Name)), Remedy = "for others give --config config.json" };
    }

    // For families that name no shape.
    private static DecoderOptions Small => new()
    {
        VocabularySize = 512, HiddenSize = 128, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 384, MaxPositions = 2048, TiedEmbeddings = true,
    };
}
