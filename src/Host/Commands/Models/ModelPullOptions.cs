using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Which model is pulled.</summary>
[Options("model_pull")]
public sealed partial record ModelPullOptions
{
    /// <summary>Repository of the model or adapter, owner/name.</summary>
    [Required]
    [Alias("repo_id")]
    public string Repository { get; init; } = "";
}
