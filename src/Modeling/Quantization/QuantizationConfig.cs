using System.Text.Json.Nodes;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The <c>quantization_config</c> of a model's <c>config.json</c>, as transformers writes it for bitsandbytes.</summary>
public static class QuantizationConfig
{
    private const string Key = "quantization_config";

    /// <summary>Reads it.</summary>
    /// <param name="config">The model's configuration.</param>
    /// <returns>How the checkpoint is packed; null = not.</returns>
    /// <exception cref="MedicalGptException">It is packed in a way that is not supported.</exception>
    public static QuantizationOptions? Read(ModelConfig config)
    {
        config.Ignore(Key);
        if (config.Json[Key] is not JsonObject json)
            return null;
        var method = json["quant_method"]?.ToString() ?? "bitsandbytes";
        if (method != "bitsandbytes")
            throw new MedicalGptException("The checkpoint is quantised in a way that is not supported.") { Place = config.Place, Given = $"quant_method {method}", Allowed = "bitsandbytes (4 or 8 bits)", Remedy = "take the checkpoint in full precision and quantise it here: --load_in_4bit, or medgpt quantize" };
        var eight = json["load_in_8bit"]?.ToJsonString() == "true";
        return new QuantizationOptions
        {
            Type = eight ? QuantizationType.Int8 : json["bnb_4bit_quant_type"]?.ToString() == "nf4" ? QuantizationType.Nf4 : QuantizationType.Fp4,
            DoubleQuantization = json["bnb_4bit_use_double_quant"]?.ToJsonString() == "true",
            Int8Threshold = json["llm_int8_threshold"] is JsonValue value && value.TryGetValue<double>(out var number) ? number : 6.0,
            SkippedModules = json["llm_int8_skip_modules"] is JsonArray list ? [.. list.Select(n => n?.ToString() ?? "")] : [],
        };
    }

    /// <summary>Writes it.</summary>
    /// <param name="config">The model's configuration.</param>
    /// <param name="options">How the checkpoint is packed; null = not.</param>
    /// <param name="compute">Format that products are computed in.</param>
    public static void Write(ModelConfig config, QuantizationOptions? options, ScalarType compute)
    {
        config.Json.Remove(Key);
        if (options is null)
            return;
        var four = options.Type != QuantizationType.Int8;
        config.Json[Key] = new JsonObject
        {
            ["_load_in_4bit"] = four,
            ["_load_in_8bit"] = !four,
            ["bnb_4bit_compute_dtype"] = FormatNames.Of(compute),
            ["bnb_4bit_quant_storage"] = "uint8",
            ["bnb_4bit_quant_type"] = options.Type == QuantizationType.Nf4 ? "nf4" : "fp4",
            ["bnb_4bit_use_double_quant"] = four && options.DoubleQuantization,
            ["llm_int8_enable_fp32_cpu_offload"] = false,
            ["llm_int8_has_fp16_weight"] = false,
            ["llm_int8_skip_modules"] = options.SkippedModules.Count == 0 ? null : new JsonArray([.. options.SkippedModules.Select(m => (JsonNode)JsonValue.Create(m))]),
            ["llm_int8_threshold"] = options.Int8Threshold,
            ["load_in_4bit"] = four,
            ["load_in_8bit"] = !four,
            ["quant_method"] = "bitsandbytes",
        };
    }
}
