using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Qwen;

/// <summary>Qwen2 and Qwen2.5 (Yang et al. 2024, arXiv:2407.10671): biases on queries, keys and values.</summary>
public sealed class Qwen2Family : QwenFamily
{
    /// <inheritdoc/>
    public override string ModelType => "qwen2";

    /// <inheritdoc/>
    public override string CausalArchitecture => "Qwen2ForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "Qwen2ForSequenceClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => QwenPresets.Qwen2;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared) => base.Adapt(config, shared) with { QueryKeyValueBias = true };
}
