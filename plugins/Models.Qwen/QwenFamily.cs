using System.Text.Json.Nodes;
using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Qwen;

/// <summary>What the Qwen families share: grouped queries, SwiGLU, RMSNorm, rotary positions, and windows in the upper layers where the configuration turns them on.</summary>
public abstract class QwenFamily : DecoderFamily
{
    /// <inheritdoc/>
    protected override DecoderOptions Adapt(ModelConfig config, DecoderOptions shared)
    {
        var (used, from) = (config.Flag("use_sliding_window", false), config.OptionalInteger("max_window_layers") ?? 28);
        var width = config.OptionalInteger("sliding_window") ?? 4096;
        return shared with { Window = config.Windows(shared.LayerCount, used ? width : null, layer => layer >= from) };
    }

    /// <inheritdoc/>
    protected override void WriteOwn(JsonObject json, DecoderOptions options)
    {
        json["use_sliding_window"] = options.Window is not null;
        if (options.Window is not { } window)
            return;
        json["sliding_window"] = window.Width;
        json["max_window_layers"] = window.Layers.TakeWhile(l => !l).Count();
        json["layer_types"] = new JsonArray([.. window.Layers.Select(l => (JsonNode)(l ? "sliding_attention" : "full_attention"))]);
    }
}
