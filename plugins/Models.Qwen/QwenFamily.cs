using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Qwen;

/// <summary>What the Qwen families share: grouped queries, SwiGLU, RMSNorm, rotary positions.</summary>
public abstract class QwenFamily : IModelFamily
{
    /// <inheritdoc/>
    public abstract string ModelType { get; }

    /// <inheritdoc/>
    public abstract string CausalArchitecture { get; }

    /// <inheritdoc/>
    public abstract string ScoreArchitecture { get; }

    /// <inheritdoc/>
    public virtual DecoderOptions Read(ModelConfig config)
    {
        if (config.Flag("use_sliding_window", false))
            throw new MedicalGptException($"{config.Place}: use_sliding_window is true; sliding-window attention is not supported for {ModelType}, set it to false if your sequences are shorter than the window");
        var activation = config.Text("hidden_act") ?? "silu";
        if (activation != "silu")
            throw new MedicalGptException($"{config.Place}: hidden_act '{activation}' is not supported for {ModelType}; supported is silu");
        if (config.Number("attention_dropout", 0) is not 0.0 and var dropout)
            throw new MedicalGptException($"{config.Place}: attention_dropout is {dropout}; dropout on attention probabilities is not supported, set it to 0");
        var (hidden, heads) = (config.Integer("hidden_size"), config.Integer("num_attention_heads"));
        return new DecoderOptions
        {
            VocabularySize = config.Integer("vocab_size"),
            HiddenSize = hidden,
            LayerCount = config.Integer("num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = config.OptionalInteger("num_key_value_heads") ?? heads,
            HeadDimension = config.OptionalInteger("head_dim") ?? hidden / Math.Max(heads, 1),
            IntermediateSize = config.Integer("intermediate_size"),
            NormEpsilon = config.Number("rms_norm_eps", 1e-6),
            Rope = config.Rope(),
            TiedEmbeddings = config.Flag("tie_word_embeddings", false),
            InitializerRange = config.Number("initializer_range", 0.02),
            MaxPositions = config.OptionalInteger("max_position_embeddings") ?? 32768,
        }.Checked(config.Place);
    }

    /// <inheritdoc/>
    public virtual JsonObject Write(DecoderOptions options) => new()
    {
        ["architectures"] = new JsonArray(CausalArchitecture),
        ["attention_dropout"] = 0.0,
        ["dtype"] = "float32",
        ["head_dim"] = options.HeadDimension,
        ["hidden_act"] = "silu",
        ["hidden_size"] = options.HiddenSize,
        ["initializer_range"] = options.InitializerRange,
        ["intermediate_size"] = options.IntermediateSize,
        ["max_position_embeddings"] = options.MaxPositions,
        ["model_type"] = ModelType,
        ["num_attention_heads"] = options.HeadCount,
        ["num_hidden_layers"] = options.LayerCount,
        ["num_key_value_heads"] = options.KeyValueHeadCount,
        ["rms_norm_eps"] = options.NormEpsilon,
        ["rope_parameters"] = new JsonObject { ["rope_theta"] = options.Rope.Theta, ["rope_type"] = "default" },
        ["rope_theta"] = options.Rope.Theta,
        ["tie_word_embeddings"] = options.TiedEmbeddings,
        ["torch_dtype"] = "float32",
        ["use_cache"] = true,
        ["use_sliding_window"] = false,
        ["vocab_size"] = options.VocabularySize,
    };
}
