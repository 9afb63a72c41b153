using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which published datasets are listed.</summary>
[Options("data_sources")]
public sealed partial record DataSourcesOptions
{
    /// <summary>Only this dataset, with its configurations and files; none = all.</summary>
    public string? Name { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
