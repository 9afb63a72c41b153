using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Gemma;

/// <summary>What Gemma 2 and 3 share: norms of 1 + weight before and behind each branch, GELU, scaled and tied embeddings, windows in a part of the layers, an own scale of attention scores.</summary>
public abstract class GemmaFamily : DecoderFamily
{
    /// <inheritdoc/>
    protected override string ActivationKey => "hidden_activation";

    /// <inheritdoc/>
    protected override string DefaultActivation => "gelu_pytorch_tanh";

    /// <inheritdoc/>
    protected override bool TiedByDefault => true;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        if (config.Flag("use_bidirectional_attention", false))
            throw new MedicalGptException($"{config.Place}: use_bidirectional_attention is true; attention to later tokens is not supported");
        var biases = config.Flag("attention_bias", false);
        // Older files repeat the activation under Llama's key.
        config.Ignore("hidden_act");
        return Complete(shared) with
        {
            KeyValueHeadCount = config.OptionalInteger("num_key_value_heads") ?? 4,
            HeadDimension = config.OptionalInteger("head_dim") ?? 256,
            QueryScalar = config.Number("query_pre_attn_scalar", 256),
            QueryKeyValueBias = biases,
            OutputBias = biases,
        };
    }

    /// <inheritdoc/>
    protected override DecoderOptions Complete(DecoderOptions options) => options with
    {
        OffsetNorms = true,
        SandwichNorms = true,
        ScaledEmbeddings = true,
        QueryScalar = options.QueryScalar ?? options.HeadDimension,
        Activation = options.Activation == Activation.Silu ? Activation.GeluTanh : options.Activation,
    };

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options)
    {
        json["attention_bias"] = options.QueryKeyValueBias;
        json["query_pre_attn_scalar"] = options.QueryScalar;
        json["attn_logit_softcapping"] = options.AttentionSoftCap;
        json["final_logit_softcapping"] = options.LogitSoftCap;
        json["sliding_window"] = options.Window?.Width ?? 4096;
        json["layer_types"] = new JsonArray([.. Enumerable.Range(0, options.LayerCount).Select(i => (JsonNode)(options.Window?.Layers[i] == true ? "sliding_attention" : "full_attention"))]);
    }
}
