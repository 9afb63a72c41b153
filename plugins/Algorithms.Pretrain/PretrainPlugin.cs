using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.Pretrain.PretrainPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "pt", typeof(MedicalGpt.Algorithms.Pretrain.PretrainOptions), "Continued pre-training on plain text")]

namespace MedicalGpt.Algorithms.Pretrain;

/// <summary>Registers the algorithm <c>pt</c>: continued pre-training on plain text.</summary>
public sealed class PretrainPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, PretrainOptions>("pt", (options, _) => new PretrainAlgorithm(options));
}
