using MedicalGpt.Host.CommandLine;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Run;
using MedicalGpt.Host.Pipeline;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Host.Recipes;
using MedicalGpt.Host.Tests.Plugins;
using MedicalGpt.Host.Tests.Support;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace MedicalGpt.Host.Tests.Documentation;

/// <summary>Every command line in README and docs, and every shipped recipe, is checked as the program checks it before it runs: command, options, values, components.</summary>
public sealed class DocumentedCommandsTests : IDisposable
{
    /// <summary>Flags that are no option of a command: general ones, test.sh's, other programs', stand-ins, and the README's sample plugin's.</summary>
    private static readonly string[] Others = ["--help", "--verbose", "--plugins", "--long", "--logdir", "--key", "--dose-unit", "--tiny"];

    private static readonly string Root = Path.GetFullPath(Path.Combine(BuiltPlugins.Artifacts, ".."));
    private readonly IHost host = Application.BuildHost(new GeneralFlags([], false, [Path.Combine(BuiltPlugins.Artifacts, "plugins")]), AnsiConsole.Console, []);
    private readonly IReadOnlyList<IHostCommand> commands;
    private readonly BuiltPlugins folder = new();

    public DocumentedCommandsTests() => commands = Application.Commands(host.Services);

    public static TheoryData<string> Recipes => [.. Directory.EnumerateFiles(Path.Combine(Root, "recipes"), "*.yaml").Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        host.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Are_accepted()
    {
        var found = DocumentedCommand.Find(Root);
        found.Count.ShouldBeGreaterThan(40);
        found.Select(Refusal).OfType<string>().ShouldBeEmpty();
    }

    [Fact]
    public void Flags_in_the_text_exist()
    {
        var catalog = host.Services.GetRequiredService<InstalledComponents>().Catalog;
        string[] kinds = [ComponentKinds.Algorithm, ComponentKinds.Dataset, ComponentKinds.Model, ComponentKinds.Reward];
        OptionSet[] sets = [.. commands.Select(command => new OptionSet(command.Records)), .. kinds.SelectMany(catalog.List).Select(info => new OptionSet(ComponentSchema.Read(info)))];
        var flags = DocumentedFlag.Find(Root);
        flags.Count.ShouldBeGreaterThan(60);
        flags.Where(flag => !Others.Contains(flag.Name) && !sets.Any(set => Knows(set, flag.Name))).Select(flag => $"{flag.Place}: {flag.Name}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Shipped_recipes_are_accepted(string path) => CheckRecipe(Path.Combine(Root, path));

    [Fact]
    public void The_recipe_that_the_docs_show_is_accepted()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "recipes.md"));
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var path = Path.Combine(folder.Root, "shown.yaml");
        File.WriteAllText(path, page[start..page.IndexOf("```", start, StringComparison.Ordinal)].Replace("train_file_dir: data/", $"train_file_dir: {folder.Root}/", StringComparison.Ordinal));
        CheckRecipe(path);
    }

    [Theory]
    [InlineData("train dpo --model_name_or_path A --train_file_dir B --output_dir C --betta 0.1", "--betta")]
    [InlineData("train dpo --train_file_dir B --output_dir C", "--model-name-or-path")]
    [InlineData("train dpo --model_name_or_path A --train_file_dir B --output_dir C --beta -1", "--beta")]
    [InlineData("train kto --output_dir C", "no such command")]
    [InlineData("train grpo --model_name_or_path A --train_file_dir B --output_dir C --reward_functions nonsense", "nonsense")]
    [InlineData("run --methode dpo", "--methode")]
    public void The_check_finds_what_is_wrong(string words, string named) =>
        Refusal(new DocumentedCommand("here", words, words.Split(' '))).ShouldNotBeNull().ShouldContain(named);

    /// <summary>Checks a recipe as a whole; inputs without a default are folders that exist, and so is everything in them.</summary>
    private void CheckRecipe(string path)
    {
        var recipe = RecipeReader.Read(path);
        var stages = RecipeExpander.Expand(recipe, recipe.Inputs.ToDictionary(input => input.Name, input => input.Default ?? folder.Root, StringComparer.Ordinal));
        foreach (var given in stages.SelectMany(stage => stage.Layer.Settings).SelectMany(setting => setting.Items).Where(text => text.StartsWith(folder.Root, StringComparison.Ordinal)))
            Directory.CreateDirectory(given);
        var runner = new PipelineRunner(new CommandTable(commands), [new OptionLayer("environment", [])], AnsiConsole.Console);
        runner.Check(stages).Count.ShouldBe(stages.Count);
    }

    /// <summary>What the program says against a command; null when it accepts it.</summary>
    private string? Refusal(DocumentedCommand command)
    {
        try
        {
            Check([.. GeneralFlags.Take([.. command.Words]).Words]);
            return null;
        }
        catch (OptionsException error) when (error.Errors.All(IsMissingFile))
        {
            return null; // the page's example files are the reader's
        }
        catch (MedicalGptException error)
        {
            return $"{command.Place}: {command.Text}\n{error.ToBlock()}";
        }
    }

    private void Check(string[] words)
    {
        var asksHelp = words.Contains("--help");
        if (asksHelp && words.Length == 1)
            return;
        var command = commands.Where(known => words.Take(known.Name.Split(' ').Length).SequenceEqual(known.Name.Split(' '))).MaxBy(known => known.Name.Length)
            ?? throw new MedicalGptException("There is no such command.");
        string[] rest = [.. words.Skip(command.Name.Split(' ').Length)];
        if (asksHelp)
            return;
        if (command is RunCommand)
            CheckRun(rest);
        else
            CommandProgram.Prepare(command, rest, new OptionLayer("environment", []));
    }

    private static void CheckRun(string[] words)
    {
        var recipe = words.Length > 0 && !words[0].StartsWith('-') ? RecipeReader.Read(Path.Combine(Root, words[0])) : null;
        var set = new OptionSet(RunCommand.RecordsFor(recipe));
        var resolution = OptionResolver.Resolve(set, [CommandLineReader.Read(recipe is null ? words : words[1..], set)]);
        resolution.Bind<PipelineOptions>();
        if (recipe is not null)
            RecipeInputs.Read(recipe, resolution);
        else
            resolution.Bind<GuideOptions>();
        resolution.ThrowIfInvalid();
    }

    private static bool Knows(OptionSet set, string flag) =>
        set.Find(flag) is not null || set.FindAccepted(flag) is not null || (flag.StartsWith("--no-", StringComparison.Ordinal) && set.Find(flag[5..])?.Type == OptionType.Boolean);

    private static bool IsMissingFile(OptionError error) => error.Given is { } path && !Path.Exists(path) && error.Allowed?.Contains("exist", StringComparison.Ordinal) == true;
}
