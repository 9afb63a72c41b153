using MedicalGpt.Plugins;
using MedicalGpt.Training;

[assembly: MedicalGptPlugin(typeof(MedicalGpt.Algorithms.RewardModel.RewardModelPlugin))]
[assembly: PluginComponent(ComponentKinds.Algorithm, "rm", typeof(MedicalGpt.Algorithms.RewardModel.RewardModelOptions), "Reward model from preference pairs")]

namespace MedicalGpt.Algorithms.RewardModel;

/// <summary>Registers the algorithm <c>rm</c>: pairwise reward model.</summary>
public sealed class RewardModelPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.Add<IAlgorithm, RewardModelOptions>("rm", (options, _) => new RewardModelAlgorithm(options));
}
