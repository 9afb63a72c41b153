using MedicalGpt.Data;
using MedicalGpt.Datasets.Parquet;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(ParquetPlugin))]
[assembly: PluginComponent(ComponentKinds.Format, "parquet", typeof(ParquetOptions), "Apache Parquet files, as the Hugging Face hub, Spark, DuckDB and pandas write them")]

namespace MedicalGpt.Datasets.Parquet;

/// <summary>The file format <c>parquet</c>.</summary>
public sealed class ParquetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IRowFormat, ParquetOptions>("parquet", (_, _) => new ParquetFormat());
}
