using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.Dpo.DpoPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "dpo", typeof(MedicalGpt.Algorithms.Dpo.DpoOptions), "Direct preference optimisation")]

namespace MedicalGpt.Algorithms.Dpo;

/// <summary>Registers the algorithm <c>dpo</c>: direct preference optimisation.</summary>
public sealed class DpoPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, DpoOptions>("dpo", (options, _) => new DpoAlgorithm(options));
}
