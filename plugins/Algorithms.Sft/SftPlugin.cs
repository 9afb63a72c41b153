using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.Sft.SftPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "sft", typeof(MedicalGpt.Algorithms.Sft.SftOptions), "Supervised fine-tuning on dialogues")]

namespace MedicalGpt.Algorithms.Sft;

/// <summary>Registers the algorithm <c>sft</c>: supervised fine-tuning on dialogues.</summary>
public sealed class SftPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, SftOptions>("sft", (options, _) => new SftAlgorithm(options));
}
