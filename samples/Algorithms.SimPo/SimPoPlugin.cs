using MedicalGpt.Plugins;
using MedicalGpt.Training;
using Samples.Algorithms.SimPo;

[assembly: MedicalGptPlugin(typeof(SimPoPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "simpo", typeof(SimPoOptions), "Simple preference optimisation, without a reference model")]

namespace Samples.Algorithms.SimPo;

/// <summary>Registers the algorithm <c>simpo</c>.</summary>
public sealed class SimPoPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, SimPoOptions>("simpo", (options, _) => new SimPoAlgorithm(options));
}
