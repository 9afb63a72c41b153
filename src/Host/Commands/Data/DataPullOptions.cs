using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which dataset is pulled.</summary>
[Options("data_pull")]
public sealed partial record DataPullOptions
{
    /// <summary>A dataset that a plugin knows by name, or a dataset repository, owner/name.</summary>
    [Required]
    [Alias("dataset_name")]
    public string Dataset { get; init; } = "";

    /// <summary>Configuration of the dataset; none = all.</summary>
    [Alias("dataset_config_name", "dataset_config")]
    public string? Config { get; init; }
}
