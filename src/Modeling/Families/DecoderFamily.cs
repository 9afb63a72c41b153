using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>What most families share: the keys of <c>config.json</c> that Llama introduced. A family says in what it differs (<see cref="Adapt"/>, <see cref="WriteOwn"/>).</summary>
public abstract class DecoderFamily : IModelFamily
{
    /// <inheritdoc/>
    public abstract string ModelType { get; }

    /// <inheritdoc/>
    public abstract string CausalArchitecture { get; }

    /// <inheritdoc/>
    public abstract string ScoreArchitecture { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<ModelPreset> Presets => [];

    /// <summary>Key of the MLP's nonlinearity.</summary>
    protected virtual string ActivationKey => "hidden_act";

    /// <summary>The nonlinearity where its key is absent.</summary>
    protected virtual string DefaultActivation => "silu";

    /// <summary><c>tie_word_embeddings</c> where the key is absent.</summary>
    protected virtual bool TiedByDefault => false;

    /// <summary><c>max_position_embeddings</c> where the key is absent.</summary>
    protected virtual int DefaultPositions => 32768;

    /// <summary>Base of the rotary wavelengths where its key is absent.</summary>
    protected virtual double DefaultTheta => 10000.0;

    /// <summary>Key inside <c>rope_parameters</c> of the layers that see everything, where each kind of layer has its own; null = one for all.</summary>
    protected virtual string? RopeLayerType => null;

    /// <inheritdoc/>
    public DecoderOptions Read(ModelConfig config)
    {
        config.MustBeZero("attention_dropout", "dropout on attention probabilities");
        config.MustBeZero("classifier_dropout", "dropout before the score head");
        var (hidden, heads) = (config.Integer("hidden_size"), config.Integer("num_attention_heads"));
        var positions = config.OptionalInteger("max_position_embeddings") ?? DefaultPositions;
        var rope = config.Rope(positions, DefaultTheta, RopeLayerType);
        var shared = new DecoderOptions
        {
            VocabularySize = config.Integer("vocab_size"),
            HiddenSize = hidden,
            LayerCount = config.Integer("num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = config.OptionalInteger("num_key_value_heads") ?? heads,
            HeadDimension = config.OptionalInteger("head_dim") ?? hidden / Math.Max(heads, 1),
            IntermediateSize = config.Integer("intermediate_size"),
            NormEpsilon = config.Number("rms_norm_eps", 1e-6),
            Rope = rope,
            TiedEmbeddings = config.Flag("tie_word_embeddings", TiedByDefault),
            Activation = config.Activation(DefaultActivation, ActivationKey),
            InitializerRange = config.Number("initializer_range", 0.02),
            MaxPositions = rope.Scaling?.Reach(positions) ?? positions,
        };
        return Adapt(config, shared.CheckedSizes(config.Place)).Checked(config.Place);
    }

    /// <inheritdoc/>
    public JsonObject Write(DecoderOptions options)
    {
        var shape = Complete(options);
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(CausalArchitecture),
            ["attention_dropout"] = 0.0,
            ["dtype"] = "float32",
            ["head_dim"] = shape.HeadDimension,
            [ActivationKey] = Name(shape.Activation),
            ["hidden_size"] = shape.HiddenSize,
            ["initializer_range"] = shape.InitializerRange,
            ["intermediate_size"] = shape.IntermediateSize,
            ["max_position_embeddings"] = shape.MaxPositions,
            ["model_type"] = ModelType,
            ["num_attention_heads"] = shape.HeadCount,
            ["num_hidden_layers"] = shape.LayerCount,
            ["num_key_value_heads"] = shape.KeyValueHeadCount,
            ["rms_norm_eps"] = shape.NormEpsilon,
            ["rope_parameters"] = RopeJson.Parameters(shape.Rope),
            ["rope_theta"] = shape.Rope.Theta,
            ["tie_word_embeddings"] = shape.TiedEmbeddings,
            ["torch_dtype"] = "float32",
            ["use_cache"] = true,
            ["vocab_size"] = shape.VocabularySize,
        };
        if (shape.Rope.Scaling is not null)
            json["rope_scaling"] = RopeJson.Scaling(shape.Rope);
        WriteOwn(json, shape);
        return new JsonObject(json.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    /// <summary>Adds what the family reads beside the shared keys.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="shared">The options so far.</param>
    /// <returns>All options.</returns>
    protected virtual DecoderOptions Adapt(ModelConfig config, DecoderOptions shared) => shared;

    /// <summary>Sets what every model of the family has, in a shape that a caller chose by its sizes.</summary>
    /// <param name="options">The sizes.</param>
    /// <returns>The options of a model of this family.</returns>
    protected virtual DecoderOptions Complete(DecoderOptions options) => options;

    /// <summary>Writes the family's own keys.</summary>
    /// <param name="json">The shared keys.</param>
    /// <param name="options">The decoder.</param>
    protected virtual void WriteOwn(JsonObject json, DecoderOptions options)
    {
    }

    private static string Name(Activation activation) => activation switch
    {
        Activation.Silu => "silu",
        Activation.Gelu => "gelu",
        _ => "gelu_pytorch_tanh",
    };
}
