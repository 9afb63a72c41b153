using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Inference;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Host.Commands.Plugins;
using MedicalGpt.Host.Commands.Text;
using Spectre.Console;

namespace MedicalGpt.Host.Commands;

/// <summary>The commands that neither train nor run recipes.</summary>
internal static class StandardCommands
{
    /// <summary>Makes the commands.</summary>
    /// <param name="components">What plugins give.</param>
    /// <param name="console">Where tables and answers go.</param>
    /// <returns>The commands, in the order of the help.</returns>
    public static IReadOnlyList<IHostCommand> Create(InstalledComponents components, IAnsiConsole console) =>
        [
            new GenerateCommand(components),
            new LogProbsCommand(components),
            new ScoreCommand(components),
            new MergeCommand(components, console),
            new ModelInitCommand(components, console),
            new ModelInfoCommand(console),
            new TokenizeCommand(),
            new TokenizerTrainCommand(components, console),
            new PluginsCommand(components, console),
        ];
}
