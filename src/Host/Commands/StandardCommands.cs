using MedicalGpt.Host.Commands.Compare;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Data;
using MedicalGpt.Host.Commands.Inference;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Host.Commands.Plan;
using MedicalGpt.Host.Commands.Plugins;
using MedicalGpt.Host.Commands.Reports;
using MedicalGpt.Host.Commands.Text;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Commands;

/// <summary>The commands that neither train nor run recipes.</summary>
internal static class StandardCommands
{
    /// <summary>Makes the commands.</summary>
    /// <param name="components">The plugins.</param>
    /// <param name="thread">Gives the thread that touches tensors; asked when a command first needs it.</param>
    /// <param name="console">Where tables and answers go.</param>
    /// <returns>The commands, in the order of the help.</returns>
    public static IReadOnlyList<IHostCommand> Create(InstalledComponents components, Func<ComputeThread> thread, IAnsiConsole console)
    {
        var compute = new Compute(thread);
        return
        [
            new GenerateCommand(components, compute),
            new ChatCommand(components, compute),
            new LogProbsCommand(components, compute),
            new ScoreCommand(components, compute),
            new MergeCommand(components, compute, console),
            new QuantizeCommand(components, compute, console),
            new CompareCommand(components, compute, console),
            new ModelInitCommand(components, compute, console),
            new ModelInfoCommand(components, console),
            new ModelPullCommand(console),
            new TokenizeCommand(),
            new TokenizerTrainCommand(components, console),
            new TokenizerExtendCommand(console),
            new DataCheckCommand(components, console),
            new DataPullCommand(components, console),
            new DataPreviewCommand(components, console),
            new DataStatsCommand(components, console),
            new DataConvertCommand(components, console),
            new PlanCommand(components, compute, console),
            new DataSourcesCommand(components, console),
            new ReportCommand(console),
            new PluginsCommand(components, console),
        ];
    }
}
