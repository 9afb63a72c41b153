using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using MedicalGpt.Host.Commands;
using MedicalGpt.Options;

namespace MedicalGpt.Host.CommandLine;

/// <summary>The commands as a tree of words; what stands behind a command is sorted by <see cref="CommandLineReader"/> from its options records.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree.</summary>
    /// <param name="commands">All commands.</param>
    /// <param name="groups">Summaries of words that only group commands, for example <c>train</c>.</param>
    /// <param name="execute">Runs a command with the words behind it.</param>
    /// <param name="help">Prints a command's help.</param>
    /// <returns>The root.</returns>
    public static RootCommand Build(CommandTable commands, IReadOnlyDictionary<string, string> groups, Func<IHostCommand, IReadOnlyList<string>, CancellationToken, Task<int>> execute, Action<IHostCommand, IReadOnlyList<string>> help)
    {
        var root = new RootCommand("MedicalGpt post-trains language models for medicine: PT, SFT, RM, PPO, DPO, ORPO and GRPO, with LoRA or full weights.");
        var owners = new Dictionary<Command, IHostCommand>();
        foreach (var command in commands.All)
        {
            var node = (Command)root;
            var path = "";
            foreach (var word in command.Name.Split(' '))
            {
                path = path.Length == 0 ? word : path + " " + word;
                var next = node.Subcommands.FirstOrDefault(child => child.Name == word);
                if (next is null)
                {
                    next = new Command(word, groups.GetValueOrDefault(path, ""));
                    node.Subcommands.Add(next);
                }

                node = next;
            }

            node.Description = command.Summary;
            node.TreatUnmatchedTokensAsErrors = false;
            node.SetAction((result, cancellation) => execute(command, result.UnmatchedTokens, cancellation));
            owners[node] = command;
        }

        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction general)
                option.Action = new CommandHelp(general, owners, help);
        }

        return root;
    }

    /// <summary>Checks that the words name a command, and nothing that only groups commands.</summary>
    /// <param name="result">The sorted words.</param>
    /// <exception cref="MedicalGptException">They do not; lists the commands.</exception>
    public static void RequireCommand(ParseResult result)
    {
        if (result.Action is not ParseErrorAction)
            return;
        var group = result.CommandResult.Command;
        var path = Path(group);
        var known = group.Subcommands.Select(command => command.Name).ToList();
        var word = result.UnmatchedTokens is [var first, ..] ? first : null;
        throw new MedicalGptException(word is null || word.StartsWith('-') ? "A command is missing." : "There is no such command.")
        {
            Place = path,
            Given = word,
            Allowed = string.Join(", ", known),
            Remedy = word is not null && OptionNames.Nearest(word, known) is { } nearest ? $"did you mean '{path} {nearest}'?" : $"{path} --help explains them",
        };
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "medgpt";

    private sealed class CommandHelp(HelpAction general, Dictionary<Command, IHostCommand> owners, Action<IHostCommand, IReadOnlyList<string>> help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            if (!owners.TryGetValue(parseResult.CommandResult.Command, out var command))
                return general.Invoke(parseResult);
            help(command, parseResult.UnmatchedTokens);
            return 0;
        }
    }
}
