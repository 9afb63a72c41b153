using MedicalGpt.Data;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Rewards;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>The plugin components that a training stage names: its dataset and its reward functions.</summary>
/// <param name="Dataset">The dataset's component; null when rows come from files.</param>
/// <param name="Rewards">Reward functions in order.</param>
internal sealed record TrainComponents(RegisteredComponent<IDataset>? Dataset, IReadOnlyList<RegisteredComponent<IRewardFunction>> Rewards)
{
    /// <summary>Their options records; each once.</summary>
    public IReadOnlyList<OptionsDescriptor> Records =>
        [.. new[] { Dataset?.Options }.OfType<OptionsDescriptor>().Concat(Rewards.Select(reward => reward.Options)).DistinctBy(record => record.TypeName)];

    /// <summary>Finds the components.</summary>
    /// <param name="source">The plugins.</param>
    /// <param name="data">Names the dataset.</param>
    /// <param name="rewards">Names of reward functions.</param>
    /// <returns>The components.</returns>
    public static TrainComponents Find(IComponentSource source, DataOptions data, IReadOnlyList<string> rewards) => new(
        data.TrainFileDir is null && data.TrainSources.Length == 0 && data.DatasetName is { } name && source.List(ComponentKinds.Dataset).Any(dataset => dataset.Name == name) ? source.Get<IDataset>(name) : null,
        [.. rewards.Select(source.Get<IRewardFunction>)]);
}
