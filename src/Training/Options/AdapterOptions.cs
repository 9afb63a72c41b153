using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>Low-rank adapters (LoRA, arXiv 2106.09685) in PEFT's terms.</summary>
[Options("adapter")]
public sealed partial record AdapterOptions
{
    /// <summary>Train low-rank adapters instead of all weights.</summary>
    [Alias("lora", "use_lora")]
    public bool UsePeft { get; init; } = true;

    /// <summary>Folder of an adapter to continue; none = a fresh one.</summary>
    [Alias("peft_path", "adapter_name_or_path")]
    public string? Adapter { get; init; }

    /// <summary>Rank r of the adapters.</summary>
    [Range(1, 4096)]
    [Alias("lora_r")]
    public int LoraRank { get; init; } = 8;

    /// <summary>Numerator of the adapters' scale: their output is multiplied by alpha / r.</summary>
    [Range(0, 65536, MinExclusive = true)]
    public double LoraAlpha { get; init; } = 16;

    /// <summary>Dropout on the adapters' input.</summary>
    [Range(0, 1, MaxExclusive = true)]
    public double LoraDropout { get; init; }

    /// <summary>Modules that get an adapter: all (every linear layer but the head) or names such as q_proj.</summary>
    [Alias("lora_target_modules")]
    public string[] TargetModules { get; init; } = ["all"];

    /// <summary>Modules that are trained whole and stored with the adapter, such as embed_tokens; a score head always is.</summary>
    [Alias("lora_modules_to_save")]
    public string[] ModulesToSave { get; init; } = [];
}
