using System.Collections;
using MedicalGpt.Host.CommandLine;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Run;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host;

/// <summary>The program: builds the command tree, runs one command, turns errors into one readable block.</summary>
internal static class Application
{
    private const string Verbose = "--verbose";

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["train"] = "Train a model; the stages come from plugins.",
        ["model"] = "Make and look at models.",
        ["tokenizer"] = "Make tokenizers.",
        ["data"] = "Look at data before training.",
    };

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Words of the command line.</param>
    /// <returns>0 = success, 2 = bad input, 130 = interrupted, 1 = a fault of the program.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var verbose = arguments.Contains(Verbose);
        try
        {
            var console = AnsiConsole.Console;
            var environment = OptionLayer.FromEnvironment(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")));
            var shared = new OptionLayer(environment.Name, environment.Settings) { IsShared = true };
            var commands = new CommandTable(StandardCommands.Create(() => PluginCatalog.Open(PluginRoots.Find()), console));
            var run = new RunCommand(commands, shared, console, () => "", (_, _, _, _) => "");
            var help = new HelpPrinter(console);
            var root = CommandTree.Build(
                new CommandTable([.. commands.All, run]),
                Groups,
                (command, words, cancellation) => ExecuteAsync(command, words, shared, console, cancellation),
                help.Print);
            return await root.Parse(arguments.Where(word => word != Verbose).ToArray())
                .InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return ErrorPrinter.Print(error, verbose, Console.Error);
        }
    }

    private static async Task<int> ExecuteAsync(IHostCommand command, IReadOnlyList<string> words, OptionLayer environment, IAnsiConsole console, CancellationToken cancellation)
    {
        if (command is RunCommand run)
            return await run.ExecuteAsync(words, cancellation);
        var set = new OptionSet(command.Records);
        var positionals = new List<string>();
        var flags = CommandLineReader.Read(words, set, command.PositionalHelp is null ? null : positionals);
        var named = positionals.Select((word, index) => new OptionSetting(
            command.PositionalKey(index) ?? throw new MedicalGptException("There is a word too many.") { Place = $"medgpt {command.Name}", Given = word, Remedy = "options are written --name value; --help lists them" },
            OptionLayer.CommandLineName,
            word));
        var layer = new OptionLayer(OptionLayer.CommandLineName, [.. named, .. flags.Settings]) { Errors = flags.Errors };
        var prepared = command.Prepare(new CommandRequest([environment, layer]));
        foreach (var notice in prepared.Notices)
            console.MarkupLineInterpolated($"[yellow]{notice}[/]");
        var result = await prepared.RunAsync(cancellation);
        return result.ExitCode;
    }
}
