using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.Orpo.OrpoPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "orpo", typeof(MedicalGpt.Algorithms.Orpo.OrpoOptions), "Odds-ratio preference optimisation")]

namespace MedicalGpt.Algorithms.Orpo;

/// <summary>Registers the algorithm <c>orpo</c>: odds-ratio preference optimisation.</summary>
public sealed class OrpoPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, OrpoOptions>("orpo", (options, _) => new OrpoAlgorithm(options));
}
