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
    public override DecoderOptions Read(ModelConfig config)
    {
        var biases = config.Flag("attention_bias", false);
        return base.Read(config) with
        {
            HeadDimension = config.OptionalInteger("head_dim") ?? 128,
            QueryKeyNorm = true,
            QueryKeyValueBias = biases,
            OutputBias = biases,
        };
    }

    /// <inheritdoc/>
    public override JsonObject Write(DecoderOptions options)
    {
        var json = base.Write(options);
        json["attention_bias"] = options.QueryKeyValueBias;
        return json;
    }
}
