using MedicalGpt.Options;

namespace MedicalGpt.Datasets.Parquet;

/// <summary>The file format <c>parquet</c> has no options: everything is in the file.</summary>
[Options("parquet")]
public sealed partial record ParquetOptions;
