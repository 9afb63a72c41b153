using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Reports;

/// <summary>Which report is made.</summary>
[Options("report")]
public sealed partial record ReportOptions
{
    /// <summary>Folder of a run (with run.json) or of a pipeline (with pipeline.json).</summary>
    [Required]
    [Alias("output_dir")]
    public string Directory { get; init; } = "";
}
