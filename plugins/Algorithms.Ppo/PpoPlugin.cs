using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.Ppo.PpoPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "ppo", typeof(MedicalGpt.Algorithms.Ppo.PpoOptions), "Proximal policy optimisation with reward and value model")]

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>Registers the algorithm <c>ppo</c>: proximal policy optimisation.</summary>
public sealed class PpoPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, PpoOptions>("ppo", (options, _) => new PpoAlgorithm(options));
}
