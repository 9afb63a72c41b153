using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Jobs;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Templates;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>Puts a checked stage together from its parts and runs it as a job of the host.</summary>
/// <param name="jobs">The host's jobs.</param>
/// <param name="compute">The thread that touches tensors.</param>
/// <param name="components">Plugins.</param>
/// <param name="console">The terminal.</param>
/// <param name="logs">Logs.</param>
internal sealed class StageRunner(JobService jobs, ComputeThread compute, InstalledComponents components, IAnsiConsole console, ILoggerFactory logs)
{
    /// <summary>Runs a stage.</summary>
    /// <param name="plan">The stage.</param>
    /// <param name="cancellationToken">Interrupts it; a checkpoint is written.</param>
    /// <returns>Metrics before and after, and the output folder.</returns>
    public Task<CommandResult> RunAsync(StagePlan plan, CancellationToken cancellationToken) =>
        jobs.RunAsync($"train {plan.Name}", cancellation => RunHereAsync(plan, cancellation), cancellationToken);

    private async Task<CommandResult> RunHereAsync(StagePlan plan, CancellationToken cancellationToken)
    {
        var options = plan.Trainer;
        var device = await compute.RunAsync(options.Device.Activate);
        var progress = new ConsoleProgress(console);
        progress.Options(plan.Resolution.Provenance());
        var tokenizer = options.Model.TokenizerNameOrPath ?? options.Model.ModelNameOrPath;
        var encoder = ExampleEncoder.Load(tokenizer, options.Data.ToTemplate());
        var chatTemplate = options.Data.TemplateName is null ? null : (encoder.Template as JinjaChatTemplate)?.Text;
        var services = new RewardServices(compute, components.Models, () => new LoadOptions { Device = device });
        var algorithm = plan.Algorithm.Create(plan.AlgorithmOptions, services);
        var dataset = plan.Components.Dataset?.Create(plan.Resolution.Values, services);
        var skipped = new SkippedRows();
        var source = TrainingRows.Open(options.Data, dataset, components, options.Run.Seed, skipped, text => progress.Report(new NoteReport(text)));
        TemplateUse.Tell(options.Data, algorithm.Input, text => progress.Report(new NoteReport(text)));
        var request = new StageRequest
        {
            Stage = plan.Name,
            Algorithm = algorithm,
            Options = options,
            Encoder = encoder,
            TrainRows = source.Stream(algorithm.Input, "train"),
            EvalRows = source.Stream(algorithm.Input, "validation"),
            SkippedRows = skipped,
            RowCache = new RowCache(options.Data.DataCacheDir ?? RowCache.DefaultFolder) { MaxBytes = (long)(options.Data.DataCacheSize * (1L << 30)), Overwrite = options.Data.OverwriteCache },
            EncodingKey = Train.EncodingKey.Of(plan, algorithm, tokenizer, chatTemplate, encoder.TimeKey(TimeProvider.System)),
            LoadModels = () => new StageModels(components.Models(), options).Load(algorithm.Roles),
            CreateRollouts = models => Rollouts(options, models, encoder),
            Rewards = RewardPipeline.Create([.. plan.Components.Rewards.Select(reward => (reward.Info.Name, reward.Create(plan.Resolution.Values, services)))], options.Rollout.RewardWeights),
            TokenizerDirectory = tokenizer,
            ChatTemplate = chatTemplate,
            ResolvedOptions = JsonNode.Parse(OptionProvenance.Json(plan.Resolution.Provenance()))!.AsObject(),
            DataFiles = FilesOf(options.Data, algorithm.Input),
            Progress = progress,
            Log = logs.CreateLogger($"train.{plan.Name}"),
        };
        var result = await new Trainer(compute).RunAsync(request, cancellationToken);
        if (!result.Completed)
            console.Line($"interrupted after {result.Steps} updates; a checkpoint is saved: --resume_from_checkpoint auto continues", LineStyle.Warning);
        return new CommandResult(result.Completed ? 0 : CommandLine.ErrorPrinter.Interrupted)
        {
            Output = result.OutputDirectory,
            Before = result.EvalBefore ?? new Dictionary<string, double>(),
            After = new Dictionary<string, double>((result.EvalAfter ?? new Dictionary<string, double>()).Concat(result.Metrics).DistinctBy(metric => metric.Key)),
        };
    }

    private static IStepRollouts Rollouts(TrainerOptions options, ITrainedModels models, ExampleEncoder encoder) =>
        options.Rollout.ReplayRollouts is { } recorded ? new ReplayRollouts(recorded) : new SamplingRollouts(((LoadedModels)models).PolicyModel, encoder.StopIds.ToHashSet(), options.Run.Seed);

    // The files whose rows are read, not all that lies beside them.
    private string[] FilesOf(DataOptions options, ExampleKind kind) =>
        [.. options.TrainSources.Select(source => MixedSource.Parse(source).Name).Append(options.TrainFileDir).Append(options.ValidationFileDir).OfType<string>().Where(Path.Exists)
            .SelectMany(path => DataFiles.Paths(path, kind, components.Reading(new DataReadOptions()))).Distinct(StringComparer.Ordinal)];
}
