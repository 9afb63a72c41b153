using System.Diagnostics;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Recipes;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host.Pipeline;

/// <summary>Runs the stages of a recipe: checks all of them first, skips those that are finished, keeps what was done.</summary>
/// <param name="commands">Commands by name.</param>
/// <param name="environment">The environment's layer.</param>
/// <param name="console">Where progress goes.</param>
internal sealed class PipelineRunner(CommandTable commands, OptionLayer environment, IAnsiConsole console)
{
    /// <summary>Runs a recipe.</summary>
    /// <param name="stages">Its stages.</param>
    /// <param name="outputFolder">Folder of <c>pipeline.json</c>.</param>
    /// <param name="from">Stage to run again with everything behind it; null = none.</param>
    /// <param name="cancellationToken">Stops the present stage; finished ones stay.</param>
    /// <returns>One record per stage.</returns>
    /// <exception cref="MedicalGptException">A stage is wrong (before any runs) or fails.</exception>
    public async Task<IReadOnlyList<StageRecord>> RunAsync(IReadOnlyList<ExpandedStage> stages, string outputFolder, string? from, CancellationToken cancellationToken)
    {
        var start = FromIndex(stages, from);
        var fingerprints = Check(stages);
        var state = PipelineState.Open(outputFolder);
        var records = new List<StageRecord>();
        var redone = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            var name = stage.Stage.Name;
            var mustRun = i >= start || stage.Needs.Any(redone.Contains);
            if (!mustRun && state.Finished(name, fingerprints[name]) is { } finished)
            {
                console.MarkupLineInterpolated($"[grey]{i + 1}/{stages.Count} {name}: finished before, skipped[/]");
                records.Add(finished);
                continue;
            }

            var estimate = stage.Stage.Seconds is { } seconds ? $" (about {seconds:0} s)" : "";
            console.MarkupLineInterpolated($"[bold]{i + 1}/{stages.Count} {name}[/]: {stage.Stage.Command}{estimate}");
            var record = await RunStageAsync(stage, fingerprints[name], cancellationToken);
            redone.Add(name);
            state.Add(record);
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

    /// <summary>Checks every stage without running any.</summary>
    /// <param name="stages">Stages.</param>
    /// <returns>Fingerprints by stage.</returns>
    /// <exception cref="MedicalGptException">Lists every wrong stage.</exception>
    public Dictionary<string, string> Check(IReadOnlyList<ExpandedStage> stages)
    {
        var fingerprints = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<string>();
        foreach (var stage in stages)
        {
            try
            {
                var prepared = commands.Get(stage.Stage.Command).Prepare(new CommandRequest([stage.Layer, environment]) { ChecksOnly = true });
                fingerprints[stage.Stage.Name] = Fingerprint.Of(stage.Stage.Command, prepared.Provenance, stage.Needs.Select(need => fingerprints.GetValueOrDefault(need, "")));
            }
            catch (MedicalGptException error)
            {
                errors.Add($"stage '{stage.Stage.Name}' ({stage.Stage.Command}, line {stage.Stage.Line}): {error.ToBlock()["error: ".Length..]}");
            }
        }

        if (errors.Count > 0)
            throw new MedicalGptException("The recipe is wrong; nothing was started.\n" + string.Join('\n', errors));
        return fingerprints;
    }

    private async Task<StageRecord> RunStageAsync(ExpandedStage stage, string fingerprint, CancellationToken cancellationToken)
    {
        PeakMemory.Reset();
        var clock = Stopwatch.StartNew();
        var prepared = commands.Get(stage.Stage.Command).Prepare(new CommandRequest([stage.Layer, environment]));
        foreach (var notice in prepared.Notices)
            console.MarkupLineInterpolated($"  [yellow]{notice}[/]");
        var result = await prepared.RunAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new MedicalGptException($"Stage '{stage.Stage.Name}' failed with exit code {result.ExitCode}.") { Remedy = "finished stages are kept; run the recipe again after mending the cause" };
        return new StageRecord
        {
            Name = stage.Stage.Name,
            Command = stage.Stage.Command,
            Fingerprint = fingerprint,
            Output = result.Output ?? stage.Output,
            Seconds = clock.Elapsed.TotalSeconds,
            PeakBytes = PeakMemory.Read(),
            Before = result.Before,
            After = result.After,
        };
    }
}
