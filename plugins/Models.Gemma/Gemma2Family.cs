using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Gemma;

/// <summary>Gemma 2 (Gemma Team 2024, arXiv:2408.00118): scores and logits are softly capped, every other layer has the window, the first one has it.</summary>
public sealed class Gemma2Family : GemmaFamily
{
    /// <inheritdoc/>
    public override string ModelType => "gemma2";

    /// <inheritdoc/>
    public override string CausalArchitecture => "Gemma2ForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "Gemma2ForSequenceClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => GemmaPresets.Gemma2;

    /// <inheritdoc/>
    protected override int DefaultPositions => 8192;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared) => base.Adapt(config, shared) with
    {
        AttentionSoftCap = config.Json.ContainsKey("attn_logit_softcapping") ? config.OptionalNumber("attn_logit_softcapping") : 50,
        LogitSoftCap = config.Json.ContainsKey("final_logit_softcapping") ? config.OptionalNumber("final_logit_softcapping") : 30,
        Window = config.Windows(shared.LayerCount, config.OptionalInteger("sliding_window") ?? 4096, layer => layer % 2 == 0),
    };
}
