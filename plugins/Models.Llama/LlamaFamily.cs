using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Llama;

/// <summary>Llama 1, 2 and 3 (Touvron et al. 2023, arXiv:2302.13971; Grattafiori et al. 2024, arXiv:2407.21783).</summary>
public sealed class LlamaFamily : DecoderFamily
{
    /// <inheritdoc/>
    public override string ModelType => "llama";

    /// <inheritdoc/>
    public override string CausalArchitecture => "LlamaForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "LlamaForSequenceClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => LlamaPresets.All;

    /// <inheritdoc/>
    protected override int DefaultPositions => 2048;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        var biases = config.Flag("attention_bias", false);
        return shared with { QueryKeyValueBias = biases, OutputBias = biases, MlpBias = config.Flag("mlp_bias", false) };
    }

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options)
    {
        json["attention_bias"] = options.QueryKeyValueBias;
        json["mlp_bias"] = options.MlpBias;
    }
}
