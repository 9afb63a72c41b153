using MedicalGpt.Modeling;
using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>A base model of few bits (QLoRA, arXiv 2305.14314; LLM.int8, arXiv 2208.07339) in bitsandbytes' terms. Adapters on it are trained; it is not.</summary>
[Options("quantized_base")]
[AcceptedWithoutEffect("bnb_4bit_quant_storage", "codes are kept as bytes")]
[AcceptedWithoutEffect("llm_int8_enable_fp32_cpu_offload", "the model is on one device")]
[AcceptedWithoutEffect("llm_int8_has_fp16_weight", "the packed weights are the only ones")]
public sealed partial record QuantizedBaseOptions
{
    /// <summary>Pack the linear layers of the base in 4 bits while it is loaded.</summary>
    [OptionName("load_in_4bit")]
    public bool LoadIn4Bit { get; init; }

    /// <summary>Pack the linear layers of the base in 8 bits while it is loaded.</summary>
    [OptionName("load_in_8bit")]
    public bool LoadIn8Bit { get; init; }

    /// <summary>Train adapters on a base of 4 bits; the same as --load_in_4bit where --load_in_8bit is not given.</summary>
    public bool Qlora { get; init; }

    /// <summary>Format of 4-bit weights.</summary>
    [OptionName("bnb_4bit_quant_type")]
    [Alias("quant_type")]
    public FourBitType QuantType { get; init; } = FourBitType.Nf4;

    /// <summary>Pack the scales of 4-bit weights, too: 0.37 bits less per weight.</summary>
    [OptionName("bnb_4bit_use_double_quant")]
    [Alias("double_quant")]
    public bool DoubleQuant { get; init; } = true;

    /// <summary>Number type of the computation on 4-bit weights; the same as --precision. None = --precision.</summary>
    [OptionName("bnb_4bit_compute_dtype")]
    public ComputeFormat? ComputeDtype { get; init; }

    /// <summary>Columns of a layer's input with a value at least this large are computed in full precision (8 bits); 0 = weights alone are rounded, inputs are not.</summary>
    [OptionName("llm_int8_threshold")]
    [Range(0, double.PositiveInfinity)]
    public double Int8Threshold { get; init; } = 6.0;

    /// <summary>Modules that are not packed, such as o_proj; lm_head, score, embeddings and norms never are.</summary>
    [OptionName("llm_int8_skip_modules")]
    public string[] SkipModules { get; init; } = [];

    /// <summary>True when the base is packed.</summary>
    public bool IsAsked => LoadIn4Bit || LoadIn8Bit || Qlora;

    /// <summary>How the base is packed; null = not.</summary>
    public QuantizationOptions? Quantization => !IsAsked ? null : new QuantizationOptions
    {
        Type = LoadIn8Bit ? QuantizationType.Int8 : QuantType == FourBitType.Nf4 ? QuantizationType.Nf4 : QuantizationType.Fp4,
        DoubleQuantization = DoubleQuant,
        Int8Threshold = Int8Threshold,
        SkippedModules = SkipModules,
    };

    /// <summary>The number type of the computation.</summary>
    /// <param name="precision">What --precision says.</param>
    /// <returns>The type.</returns>
    public ComputePrecision Compute(ComputePrecision precision) => ComputeDtype switch
    {
        ComputeFormat.Float32 => ComputePrecision.Fp32,
        ComputeFormat.Bfloat16 => ComputePrecision.Bf16,
        ComputeFormat.Float16 => ComputePrecision.Fp16,
        _ => precision,
    };

    partial void OnValidate(OptionErrors errors)
    {
        if (LoadIn4Bit && LoadIn8Bit)
            errors.Conflict("load_in_8bit", "--load-in-4bit is given, too", "give one of them");
    }
}
