using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Gemma;

/// <summary>Gemma 3, text (Gemma Team 2025, arXiv:2503.19786): queries and keys are normalised per head, most layers have the window and a rotary base of their own.</summary>
public sealed class Gemma3Family : GemmaFamily
{
    /// <inheritdoc/>
    public override string ModelType => "gemma3_text";

    /// <inheritdoc/>
    public override string CausalArchitecture => "Gemma3ForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "Gemma3TextForSequenceClassification";

    private const string WindowBase = "rope_local_base_freq";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => GemmaPresets.Gemma3;

    /// <inheritdoc/>
    protected override int DefaultPositions => 131072;

    /// <inheritdoc/>
    protected override double DefaultTheta => 1_000_000;

    /// <inheritdoc/>
    protected override string? RopeLayerType => "full_attention";

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        var every = config.OptionalInteger("sliding_window_pattern") ?? config.OptionalInteger("_sliding_window_pattern") ?? 6;
        if (every < 1)
            throw new MedicalGptException($"{config.Place}: sliding_window_pattern is {every}; 1 or more is needed");
        return base.Adapt(config, shared) with
        {
            QueryKeyNorm = true,
            WindowRope = config.Rope(shared.MaxPositions, 10_000, "sliding_attention", WindowBase),
            AttentionSoftCap = config.OptionalNumber("attn_logit_softcapping"),
            LogitSoftCap = config.OptionalNumber("final_logit_softcapping"),
            Window = config.Windows(shared.LayerCount, config.OptionalInteger("sliding_window") ?? 4096, layer => (layer + 1) % every != 0),
        };
    }

    /// <inheritdoc/>
    protected override DecoderOptions Complete(DecoderOptions options) => base.Complete(options) with { WindowRope = options.WindowRope ?? new RopeOptions() };

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options)
    {
        base.WriteOwn(json, options);
        var window = options.WindowRope ?? options.Rope;
        json["rope_parameters"] = new JsonObject { ["full_attention"] = RopeJson.Parameters(options.Rope), ["sliding_attention"] = RopeJson.Parameters(window) };
        json[WindowBase] = window.Theta;
    }
}
