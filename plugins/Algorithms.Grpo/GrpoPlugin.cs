using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.Grpo.GrpoPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "grpo", typeof(MedicalGpt.Algorithms.Grpo.GrpoOptions), "Group relative policy optimisation")]

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>Registers the algorithm <c>grpo</c>: group relative policy optimisation.</summary>
public sealed class GrpoPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, GrpoOptions>("grpo", (options, _) => new GrpoAlgorithm(options));
}
