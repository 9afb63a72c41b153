using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Which adapters become part of which model.</summary>
[Options("merge")]
public sealed partial record MergeOptions
{
    /// <summary>Folder of the base model.</summary>
    [Required]
    [Alias("model_name_or_path", "base_model")]
    public string Model { get; init; } = "";

    /// <summary>Folder of the adapter; several are added up, each with a factor where it is written DIR=0.7. A folder that holds a whole model (full-weight training) is copied instead.</summary>
    [Required]
    [Alias("peft_path", "lora_model")]
    public string[] Adapter { get; init; } = [];

    /// <summary>Folder of the merged model.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";

    /// <summary>Largest weight file, such as 500MB or 2GB; none = files as those of the base model (of a whole model that is copied: its own).</summary>
    public string? MaxShardSize { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
