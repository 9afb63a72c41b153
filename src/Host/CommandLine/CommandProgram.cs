using System.CommandLine;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Run;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host.CommandLine;

/// <summary>Runs one command line: finds the command, sorts its words, checks everything, then does it.</summary>
/// <param name="commands">All commands.</param>
/// <param name="environment">The environment's layer.</param>
/// <param name="groups">Summaries of words that only group commands.</param>
/// <param name="components">The plugins' components, whose options the environment may set too.</param>
/// <param name="console">The terminal.</param>
internal sealed class CommandProgram(IReadOnlyList<IHostCommand> commands, OptionLayer environment, IReadOnlyDictionary<string, string> groups, InstalledComponents components, IAnsiConsole console)
{
    /// <summary>All commands.</summary>
    public IReadOnlyList<IHostCommand> Commands => commands;

    /// <summary>Runs a command line.</summary>
    /// <param name="words">Its words; none = help.</param>
    /// <param name="grace">How long an interrupted command may take to end.</param>
    /// <returns>Exit code.</returns>
    /// <exception cref="MedicalGptException">The command is unknown or its options are wrong.</exception>
    public Task<int> RunAsync(IReadOnlyList<string> words, TimeSpan grace)
    {
        var root = CommandTree.Build(new CommandTable(commands), groups, ExecuteAsync, new HelpPrinter(console).Print);
        // Words that begin with @ are texts, not files with more words.
        var result = root.Parse(words.Count == 0 ? ["--help"] : words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        CommandTree.RequireCommand(result);
        return result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = grace });
    }

    private async Task<int> ExecuteAsync(IHostCommand command, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        foreach (var notice in EnvironmentCheck.Unknown(environment, commands, components))
            console.Line(notice, LineStyle.Warning);
        if (command is RunCommand run)
            return await run.ExecuteAsync(words, cancellation);
        var prepared = Prepare(command, words, environment);
        foreach (var notice in prepared.Notices)
            console.Line(notice, LineStyle.Warning);
        return (await prepared.RunAsync(cancellation)).ExitCode;
    }

    /// <summary>Checks the words of a command; nothing is run.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">The words behind its name.</param>
    /// <param name="environment">The environment's layer.</param>
    /// <returns>The work, ready to run.</returns>
    /// <exception cref="MedicalGptException">Something is wrong.</exception>
    public static PreparedCommand Prepare(IHostCommand command, IReadOnlyList<string> words, OptionLayer environment)
    {
        var set = new OptionSet(command.Records);
        var positionals = new List<string>();
        var flags = CommandLineReader.Read(words, set, command.PositionalHelp is null ? null : positionals);
        var named = positionals.Select((word, index) => new OptionSetting(
            command.PositionalKey(index) ?? throw new MedicalGptException("There is a word too many.") { Place = $"medgpt {command.Name}", Given = word, Remedy = "options are written --name value; --help lists them" },
            OptionLayer.CommandLineName,
            word));
        var layer = new OptionLayer(OptionLayer.CommandLineName, [.. named, .. flags.Settings]) { Errors = flags.Errors };
        return command.Prepare(new CommandRequest([environment, layer]));
    }
}
