using MedicalGpt.Host.Pipeline;
using MedicalGpt.Host.Recipes;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Run;

/// <summary><c>medgpt run [recipe.yaml]</c>: a whole pipeline; without a recipe it asks, writes one, and runs it.</summary>
/// <param name="commands">The commands that stages may use.</param>
/// <param name="environment">The environment's layer.</param>
/// <param name="console">The terminal.</param>
/// <param name="machine">Says how fast the machine is, in one line.</param>
/// <param name="report">Writes the report of a finished pipeline and returns its path.</param>
internal sealed class RunCommand(CommandTable commands, OptionLayer environment, IAnsiConsole console, Func<string> machine, Func<Recipe, IReadOnlyList<ExpandedStage>, IReadOnlyList<StageRecord>, string, string> report) : IHostCommand
{
    private const string OutputInput = "output_dir";

    /// <inheritdoc/>
    public string Name => "run";

    /// <inheritdoc/>
    public string Summary => "Run a whole pipeline from a recipe; without one, ask and write one.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [PipelineOptions.Descriptor, GuideOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "[RECIPE.yaml]";

    /// <inheritdoc/>
    public string? Notes => "Inputs that a recipe declares are flags too: medgpt run RECIPE.yaml --help lists them.";

    /// <summary>The records of one call: those of a recipe, or those of the guide.</summary>
    /// <param name="recipe">The recipe; null without one.</param>
    /// <returns>Records.</returns>
    public static IReadOnlyList<OptionsDescriptor> RecordsFor(Recipe? recipe) =>
        recipe is null ? [PipelineOptions.Descriptor, GuideOptions.Descriptor] : [PipelineOptions.Descriptor, RecipeInputs.Descriptor(recipe)];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request) =>
        throw new MedicalGptException("A recipe cannot run a recipe.") { Remedy = "copy its stages" };

    /// <summary>Runs with the words behind <c>run</c>.</summary>
    /// <param name="words">Recipe and flags.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Exit code.</returns>
    public async Task<int> ExecuteAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var recipe = words.Count > 0 && !words[0].StartsWith('-') ? RecipeReader.Read(words[0]) : null;
        var set = new OptionSet(RecordsFor(recipe));
        var layer = CommandLineReader.Read(recipe is null ? words : [.. words.Skip(1)], set);
        var shared = new OptionLayer(environment.Name, environment.Settings) { IsShared = true };
        var resolution = OptionResolver.Resolve(set, [shared, layer]);
        var pipeline = resolution.Bind<PipelineOptions>();
        if (recipe is null)
        {
            recipe = Ask(resolution);
            resolution = OptionResolver.Resolve(new OptionSet(RecipeInputs.Descriptor(recipe)), []);
        }

        return await RunAsync(recipe, RecipeInputs.Read(recipe, resolution), pipeline, cancellationToken);
    }

    private Recipe Ask(OptionResolution resolution)
    {
        var given = resolution.Bind<GuideOptions>();
        resolution.ThrowIfInvalid();
        var guide = new Guide(console).Complete(given);
        var path = Path.Combine(guide.OutputDir!, "recipe.yaml");
        Directory.CreateDirectory(guide.OutputDir!);
        File.WriteAllText(path, GuidedRecipe.Write(guide.Method!.Value, guide.Model!, guide.SftData!, guide.PreferenceData, guide.PromptData, guide.OutputDir!));
        console.WriteLine($"wrote {path}");
        return RecipeReader.Read(path);
    }

    private async Task<int> RunAsync(Recipe recipe, IReadOnlyDictionary<string, string> inputs, PipelineOptions options, CancellationToken cancellationToken)
    {
        if (!inputs.TryGetValue(OutputInput, out var output))
            throw new MedicalGptException("The recipe has no input for its output folder.") { Place = recipe.Path, Allowed = $"an input named {OutputInput}" };
        var stages = RecipeExpander.Expand(recipe, inputs);
        console.WriteLine($"{recipe.Name}: {recipe.Summary}");
        console.WriteLine(machine());
        var runner = new PipelineRunner(commands, environment, console);
        if (options.Check)
        {
            runner.Check(stages);
            foreach (var stage in stages)
                console.WriteLine($"  {stage.Stage.Name}: {stage.Stage.Command}{(stage.Output is { } folder ? $" -> {folder}" : "")}");
            return 0;
        }

        var records = await runner.RunAsync(stages, output, options.From, cancellationToken);
        console.Write(PipelineTable.Create(stages, records));
        console.WriteLine($"all in {records.Sum(record => record.Seconds):0} s; report: {report(recipe, stages, records, output)}");
        return 0;
    }
}
