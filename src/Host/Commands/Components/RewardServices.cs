using MedicalGpt.Modeling;
using MedicalGpt.Rewards;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>What reward functions may ask the host for: a learned reward model, loaded when it is first used.</summary>
/// <param name="compute">The thread that touches tensors.</param>
/// <param name="models">Reads model folders.</param>
/// <param name="options">How reward models are loaded; asked on the compute thread.</param>
internal sealed class RewardServices(ComputeThread compute, Func<ModelFolder> models, Func<LoadOptions> options) : IServiceProvider
{
    private readonly LearnedReward _learned = new(compute, folder => new LearnedRewardModel(new FrozenScoreModel(models().LoadScore(folder, options())), ExampleEncoder.Load(folder)));

    /// <inheritdoc/>
    public object? GetService(Type serviceType) => serviceType == typeof(ILearnedReward) ? _learned : null;
}
