using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Which model is packed, and how.</summary>
[Options("quantize")]
public sealed partial record QuantizeOptions
{
    /// <summary>Folder of the model.</summary>
    [Required]
    [Alias("model_name_or_path", "base_model")]
    public string Model { get; init; } = "";

    /// <summary>Folder of the packed model.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";

    /// <summary>Format of the linear layers' weights: nf4 or fp4 (4 bits), int8.</summary>
    [AllowedValues("nf4", "fp4", "int8")]
    [Alias("quant_type", "bnb_4bit_quant_type")]
    public string Type { get; init; } = "nf4";

    /// <summary>Pack the scales of 4-bit weights, too.</summary>
    [Alias("bnb_4bit_use_double_quant")]
    public bool DoubleQuant { get; init; } = true;

    /// <summary>Modules that are not packed, such as o_proj; lm_head, score, embeddings and norms never are.</summary>
    [Alias("llm_int8_skip_modules")]
    public string[] SkipModules { get; init; } = [];

    /// <summary>Limit of outliers in a layer's input (int8).</summary>
    [OptionName("llm_int8_threshold")]
    [Range(0, double.PositiveInfinity)]
    public double Int8Threshold { get; init; } = 6.0;

    /// <summary>Largest weight file, such as 500MB or 2GB; none = files as those of the model.</summary>
    public string? MaxShardSize { get; init; }

    /// <summary>Text file on which packed and original model are compared; none = a few medical sentences.</summary>
    public string? Text { get; init; }

    /// <summary>Most tokens of the comparison; 0 = no comparison, and the original is never loaded whole.</summary>
    [Range(0, 10000000)]
    [Unit("tokens")]
    public int MaxTokens { get; init; } = 4096;

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
