using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Which folder is looked at.</summary>
[Options("model_info")]
public sealed partial record ModelInfoOptions
{
    /// <summary>Folder of a model or of a PEFT adapter.</summary>
    [Required]
    [Alias("model_name_or_path")]
    public string Model { get; init; } = "";

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
