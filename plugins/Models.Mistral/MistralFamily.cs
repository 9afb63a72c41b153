using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Mistral;

/// <summary>Mistral, dense (Jiang et al. 2023, arXiv:2310.06825): every layer has the sliding window where the configuration gives one.</summary>
public sealed class MistralFamily : DecoderFamily
{
    /// <inheritdoc/>
    public override string ModelType => "mistral";

    /// <inheritdoc/>
    public override string CausalArchitecture => "MistralForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "MistralForSequenceClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => MistralPresets.All;

    /// <inheritdoc/>
    protected override int DefaultPositions => 131072;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        // An absent key means transformers' default; null means no window.
        var width = config.Json.ContainsKey("sliding_window") ? config.OptionalInteger("sliding_window") : 4096;
        return shared with
        {
            KeyValueHeadCount = config.OptionalInteger("num_key_value_heads") ?? 8,
            Window = config.Windows(shared.LayerCount, width, _ => true),
        };
    }

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options) => json["sliding_window"] = options.Window?.Width;
}
