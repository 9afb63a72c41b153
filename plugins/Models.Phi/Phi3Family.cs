using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Phi;

/// <summary>Phi-3 and Phi-4-mini (Abdin et al. 2024, arXiv:2404.14219): fused projections, optionally a rotated part of each head and long-sequence factors.</summary>
public sealed class Phi3Family : DecoderFamily
{
    /// <inheritdoc/>
    public override string ModelType => "phi3";

    /// <inheritdoc/>
    public override string CausalArchitecture => "Phi3ForCausalLM";

    /// <inheritdoc/>
    public override string ScoreArchitecture => "Phi3ForSequenceClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ModelPreset> Presets => PhiPresets.All;

    /// <inheritdoc/>
    protected override int DefaultPositions => 4096;

    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        config.MustBeZero("resid_pdrop", "dropout on the residual stream");
        config.MustBeZero("embd_pdrop", "dropout on embeddings");
        config.Ignore("original_max_position_embeddings");
        if (config.Flag("attention_bias", false))
            throw new MedicalGptException($"{config.Place}: attention_bias is true; biases are not supported for phi3");
        return shared with { FusedProjections = true, Window = config.Windows(shared.LayerCount, config.OptionalInteger("sliding_window"), _ => true) };
    }

    /// <inheritdoc/>
    protected override DecoderOptions Complete(DecoderOptions options) => options with { FusedProjections = true };

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options)
    {
        json["embd_pdrop"] = 0.0;
        json["resid_pdrop"] = 0.0;
        json["partial_rotary_factor"] = options.Rope.PartialFactor;
        json["original_max_position_embeddings"] = options.Rope.Scaling is LongRopeScaling scaling ? scaling.OriginalLength : options.MaxPositions;
        json["sliding_window"] = options.Window?.Width;
    }
}
