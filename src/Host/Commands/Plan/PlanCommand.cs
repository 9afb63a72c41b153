using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Train;
using MedicalGpt.Host.Pipeline;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using MedicalGpt.Training.Planning;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Plan;

/// <summary><c>medgpt plan</c>: predicts memory and time of a training stage from its options and the model's <c>config.json</c>; no weights are read.</summary>
/// <param name="components">The plugins.</param>
/// <param name="compute">Where this machine's rate is measured.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class PlanCommand(InstalledComponents components, Compute compute, IAnsiConsole console) : IHostCommand
{
    private static readonly OptionsDescriptor[] Common =
        [PlanOptions.Descriptor, ModelOptions.Descriptor, DeviceOptions.Descriptor, AdapterOptions.Descriptor, QuantizedBaseOptions.Descriptor, OptimizerOptions.Descriptor, DataOptions.Descriptor, RunOptions.Descriptor, RolloutOptions.Descriptor];

    /// <inheritdoc/>
    public string Name => "plan";

    /// <inheritdoc/>
    public string Summary => "Predict memory and time of a training stage, and find the cheapest change that fits a memory.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => Common;

    /// <inheritdoc/>
    public string Notes => "The stage's own options (--max_source_length, --num_generations …) are understood with the names that train has. Nothing is written, no weights are read.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var peek = request.Peek([PlanOptions.Descriptor]).Bind<PlanOptions>();
        if (peek.Guide)
            return PreparedCommand.Create(request.Peek(Common), _ => Done(() => PlanReport.Guide(console, GuideTable.All, peek.Json)));
        if (!StageShapes.Methods.Contains(peek.Method))
            throw new MedicalGptException("The stage cannot be planned.") { Place = "--method", Given = peek.Method, Allowed = string.Join(", ", StageShapes.Methods) };
        var algorithm = components.Get<IAlgorithm>(peek.Method);
        var names = request.Peek([algorithm.Options, .. Common]);
        var parts = TrainComponents.Find(components.Catalog, names.Bind<DataOptions>(), names.Bind<RolloutOptions>().RewardFunctions);
        var unneeded = new OptionLayer("plan", [new OptionSetting("output_dir", "plan", "plan")]);
        var resolution = new CommandRequest([unneeded, .. request.Layers]).Resolve([algorithm.Options, .. Common, .. parts.Records]);
        var options = resolution.Bind<PlanOptions>();
        var place = resolution.Bind<DeviceOptions>();
        foreach (var record in new[] { algorithm.Options, DataOptions.Descriptor, RunOptions.Descriptor })
            resolution.Check(record);
        resolution.ThrowIfInvalid(); // shapes are computed from these
        var stage = new PlannedStage(() => components.Models().Families, resolution, options);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var named = stage.Device();
            stage.Place = named is null ? await compute.RunAsync(0, place.Activate) : null;
            var device = named ?? await compute.RunAsync(0, () => MachineSpeed.Measure(stage.Place!, stage.Format));
            var card = stage.Place is { } used && ComputeDevice.Card(used) is { } index ? await compute.RunAsync(0, () => Cuda.Memory(index)) : (CudaMemory?)null;
            return PlanReport.Stage(console, stage, device, card, options) ? CommandResult.Success : new CommandResult(2);
        });
    }

    private static Task<CommandResult> Done(Action work)
    {
        work();
        return Task.FromResult(CommandResult.Success);
    }
}
