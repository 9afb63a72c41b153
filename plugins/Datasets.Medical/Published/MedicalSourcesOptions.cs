using MedicalGpt.Options;

namespace MedicalGpt.Datasets.Medical;

/// <summary>The table of published medical datasets; it has no options.</summary>
[Options("medical_sources")]
public sealed partial record MedicalSourcesOptions;
