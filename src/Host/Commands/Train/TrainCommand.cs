using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Train;

/// <summary><c>medgpt train &lt;stage&gt;</c>: one training stage, its algorithm from a plugin.</summary>
/// <param name="info">The algorithm as its manifest lists it.</param>
/// <param name="options">Its options as its schema describes them.</param>
/// <param name="plugins">Plugins.</param>
/// <param name="runner">Does the training.</param>
internal sealed class TrainCommand(ComponentInfo info, Lazy<OptionsDescriptor> options, InstalledComponents plugins, StageRunner runner) : IHostCommand
{
    private static readonly OptionsDescriptor[] Common =
        [StageOptions.Descriptor, ModelOptions.Descriptor, DeviceOptions.Descriptor, DataOptions.Descriptor, AdapterOptions.Descriptor, QuantizedBaseOptions.Descriptor, OptimizerOptions.Descriptor, RunOptions.Descriptor, RolloutOptions.Descriptor];

    /// <inheritdoc/>
    public string Name => $"train {info.Name}";

    /// <inheritdoc/>
    public string Summary => info.Summary;

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [options.Value, .. Common];

    /// <inheritdoc/>
    public string? Notes =>
        "How long a run is: --max-steps wins over --total-episodes (where the stage has it), which wins over --num-train-epochs.\n" +
        "Rows: --train-file-dir wins over --dataset-name. Datasets and reward functions of plugins bring options of their own: medgpt plugins --component NAME.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var algorithm = plugins.Get<IAlgorithm>(info.Name);
        var names = request.Peek([algorithm.Options, .. Common]);
        var components = TrainComponents.Find(plugins.Catalog, names.Bind<DataOptions>(), names.Bind<RolloutOptions>().RewardFunctions);
        var resolution = request.Resolve([algorithm.Options, .. Common, .. components.Records]);
        resolution.Bind<StageOptions>();
        var trainer = new TrainerOptions
        {
            Model = resolution.Bind<ModelOptions>(),
            Device = resolution.Bind<DeviceOptions>(),
            Data = resolution.Bind<DataOptions>(),
            Adapter = resolution.Bind<AdapterOptions>(),
            QuantizedBase = resolution.Bind<QuantizedBaseOptions>(),
            Optimizer = resolution.Bind<OptimizerOptions>(),
            Run = resolution.Bind<RunOptions>(),
            Rollout = resolution.Bind<RolloutOptions>(),
        };
        var stage = new StagePlan(info.Name, algorithm, algorithm.Bind(resolution), trainer, components, resolution);
        foreach (var record in components.Records)
            resolution.Check(record);
        OptionError[] errors = [.. resolution.Errors, .. TrainPaths.Missing(trainer, resolution, request.Promised), .. ContinuedAdapter.Contradictions(trainer, resolution)];
        if (errors.Length > 0)
            throw new OptionsException(errors);
        return PreparedCommand.Create(resolution, cancellation => runner.RunAsync(stage, cancellation));
    }
}
