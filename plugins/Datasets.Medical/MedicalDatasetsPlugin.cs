using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical;
using MedicalGpt.Datasets.Medical.Published;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(MedicalDatasetsPlugin))]
[assembly: PluginComponent(
    ComponentKinds.Dataset, "medical-quickstart", typeof(MedicalQuickstartOptions), "short verifiable medical questions in English and Chinese, for every stage")]
[assembly: PluginComponent(
    ComponentKinds.Sources, "medical", typeof(MedicalSourcesOptions), "published medical and preference datasets, with licences and column maps")]

namespace MedicalGpt.Datasets.Medical;

/// <summary>Medical datasets.</summary>
public sealed class MedicalDatasetsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IDataset, MedicalQuickstartOptions>("medical-quickstart", (options, _) => new MedicalQuickstartDataset(options));
        registry.Add<IDatasetSources, MedicalSourcesOptions>("medical", (_, _) => new MedicalSources());
    }
}
