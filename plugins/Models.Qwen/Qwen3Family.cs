using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Qwen;

/// <summary>Qwen3, dense (Yang et al. 2025, arXiv:2505.09388): queries and keys are normalised per head, biases only where the configuration says so.</summary>
public sealed class Qwen3Family : QwenFamily
{
    /// <inheritdoc/>
    public override string ModelType => "qwen3";

    /// <inheritdoc/>
    public override string CausalArchitecture => "Qwen3ForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "Qwen3ForSequenceClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => QwenPresets.Qwen3;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        var biases = config.Flag("attention_bias", false);
        return base.Adapt(config, shared) with
        {
            HeadDimension = config.OptionalInteger("head_dim") ?? 128,
            QueryKeyNorm = true,
            QueryKeyValueBias = biases,
            OutputBias = biases,
        };
    }

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options)
    {
        base.WriteOwn(json, options);
        json["attention_bias"] = options.QueryKeyValueBias;
    }
}
