using System.Diagnostics;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Recipes;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Pipeline;

/// <summary>Runs the stages of a recipe: checks all of them first, skips those that are finished, keeps what was done.</summary>
/// <param name="commands">Commands by name.</param>
/// <param name="shared">Layers above the recipe, for all stages: the environment, and what <c>run</c> was given.</param>
/// <param name="console">Where progress goes.</param>
internal sealed class PipelineRunner(CommandTable commands, IReadOnlyList<OptionLayer> shared, IAnsiConsole console)
{
    /// <summary>Checks every stage without running any.</summary>
    /// <param name="stages">Stages.</param>
    /// <returns>Fingerprints by stage.</returns>
    /// <exception cref="MedicalGptException">Lists every wrong stage.</exception>
    public IReadOnlyDictionary<string, string> Check(IReadOnlyList<ExpandedStage> stages)
    {
        var outputs = stages.Select(stage => stage.Output).OfType<string>().ToList();
        var fingerprints = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<string>();
        for (var i = 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            try
            {
                var promised = stages.Take(i).Select(earlier => earlier.Output).OfType<string>().ToList();
                var prepared = commands.Get(stage.Stage.Command).Prepare(new CommandRequest([stage.Layer, .. shared]) { Promised = promised });
                fingerprints[stage.Stage.Name] = Fingerprint.Of(stage.Stage.Command, prepared.Provenance, stage.Needs.Select(need => fingerprints.GetValueOrDefault(need, "")), outputs);
            }
            catch (MedicalGptException error)
            {
                errors.Add($"stage '{stage.Stage.Name}' ({stage.Stage.Command}, line {stage.Stage.Line}): {error.ToBlock()["error: ".Length..]}");
            }
        }

        return errors.Count == 0 ? fingerprints : throw new MedicalGptException("The recipe is wrong; nothing was started.\n" + string.Join('\n', errors));
    }

    /// <summary>Runs a recipe.</summary>
    /// <param name="stages">Its stages.</param>
    /// <param name="fingerprints">What <see cref="Check"/> gave for them.</param>
    /// <param name="outputFolder">Folder of <c>pipeline.json</c>.</param>
    /// <param name="from">Stage to run again with everything behind it; null = none.</param>
    /// <param name="cancellationToken">Stops the present stage; finished ones stay.</param>
    /// <returns>One record per stage.</returns>
    /// <exception cref="MedicalGptException">A stage fails.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public async Task<IReadOnlyList<StageRecord>> RunAsync(IReadOnlyList<ExpandedStage> stages, IReadOnlyDictionary<string, string> fingerprints, string outputFolder, string? from, CancellationToken cancellationToken)
    {
        var start = FromIndex(stages, from);
        var state = PipelineState.Open(outputFolder);
        var records = new List<StageRecord>();
        var redone = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < stages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stage = stages[i];
            var name = stage.Stage.Name;
            var mustRun = i >= start || stage.Needs.Any(redone.Contains);
            if (!mustRun && state.Finished(name, fingerprints[name]) is { } finished)
            {
                console.Line($"{i + 1}/{stages.Count} {name}: finished before, skipped", LineStyle.Faint);
                records.Add(finished);
                continue;
            }

            var continues = !mustRun && state.WasInterrupted(name, fingerprints[name]);
            if (!continues && stage.Output is { } output)
                new RunDirectory(output).ClearCheckpoints(); // a kill before the stage clears its folder must not make an older run look continued
            var estimate = stage.Stage.Seconds is { } seconds ? $" (about {seconds:0} s)" : "";
            console.Line($"{i + 1}/{stages.Count} {name}: {stage.Stage.Command}{estimate}", LineStyle.Strong);
            state.Set(new StageRecord { Name = name, Command = stage.Stage.Command, Fingerprint = fingerprints[name], Output = stage.Output });
            var record = await RunStageAsync(stage, fingerprints[name], continues, cancellationToken);
            redone.Add(name);
            state.Set(record);
            records.Add(record);
        }

        return records;
    }

    private static int FromIndex(IReadOnlyList<ExpandedStage> stages, string? from)
    {
        if (from is null)
            return int.MaxValue;
        var names = stages.Select(stage => stage.Stage.Name).ToList();
        var index = names.IndexOf(from);
        return index >= 0
            ? index
            : throw new MedicalGptException("There is no such stage.")
            {
                Place = "--from",
                Given = from,
                Allowed = string.Join(", ", names),
                Remedy = OptionNames.Nearest(from, names) is { } nearest ? $"did you mean {nearest}?" : null,
            };
    }

    /// <summary>Settings below the recipe's: a stage that trains replaces what an earlier, different run of it left, or continues one that was interrupted.</summary>
    private static OptionLayer Again(IHostCommand command, bool continues)
    {
        var set = new OptionSet(command.Records);
        IEnumerable<(string Key, string Value)> settings = continues ? [("resume_from_checkpoint", "auto"), ("overwrite_output_dir", "true")] : [("overwrite_output_dir", "true")];
        return new OptionLayer("pipeline", settings.Where(setting => set.Find(setting.Key) is not null).Select(setting => new OptionSetting(setting.Key, "pipeline", setting.Value)));
    }

    private async Task<StageRecord> RunStageAsync(ExpandedStage stage, string fingerprint, bool continues, CancellationToken cancellationToken)
    {
        PeakMemory.Reset();
        var clock = Stopwatch.StartNew();
        var command = commands.Get(stage.Stage.Command);
        var prepared = command.Prepare(new CommandRequest([Again(command, continues), stage.Layer, .. shared]));
        foreach (var notice in prepared.Notices)
            console.Line("  " + notice, LineStyle.Warning);
        var result = await prepared.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.ExitCode != 0)
            throw new MedicalGptException($"Stage '{stage.Stage.Name}' failed with exit code {result.ExitCode}.") { Remedy = "finished stages are kept; run the recipe again after mending the cause" };
        return new StageRecord
        {
            Name = stage.Stage.Name,
            Command = stage.Stage.Command,
            Fingerprint = fingerprint,
            Output = result.Output ?? stage.Output,
            Finished = true,
            Seconds = clock.Elapsed.TotalSeconds,
            PeakBytes = PeakMemory.Read(),
            Before = result.Before,
            After = result.After,
        };
    }
}
