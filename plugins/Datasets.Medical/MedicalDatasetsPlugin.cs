using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(MedicalDatasetsPlugin))]
[assembly: PluginComponent(
    ComponentKinds.Dataset, "medical-quickstart", typeof(MedicalQuickstartOptions), "short verifiable medical questions in English and Chinese, for every stage")]

namespace MedicalGpt.Datasets.Medical;

/// <summary>Medical datasets.</summary>
public sealed class MedicalDatasetsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IDataset, MedicalQuickstartOptions>("medical-quickstart", (options, _) => new MedicalQuickstartDataset(options));
}
