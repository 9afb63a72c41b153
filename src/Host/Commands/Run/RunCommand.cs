using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Pipeline;
using MedicalGpt.Host.Recipes;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Run;

/// <summary><c>medgpt run [recipe.yaml]</c>: a whole pipeline; without a recipe it asks, writes one, and runs it.</summary>
/// <param name="commands">The commands that stages may use.</param>
/// <param name="environment">The environment's layer.</param>
/// <param name="console">The terminal.</param>
/// <param name="machine">Says how fast the machine is, in one line.</param>
/// <param name="report">Writes the report of a finished pipeline and returns its path.</param>
internal sealed class RunCommand(CommandTable commands, OptionLayer environment, IAnsiConsole console, Func<Task<string>> machine, Func<Recipe, IReadOnlyList<PipelineRow>, string, string> report) : IHostCommand
{
    private const string OutputInput = "output_dir";

    /// <inheritdoc/>
    public string Name => "run";

    /// <inheritdoc/>
    public string Summary => "Run a whole pipeline from a recipe; without one, ask and write one.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [PipelineOptions.Descriptor, DeviceOptions.Descriptor, GuideOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "[RECIPE.yaml]";

    /// <inheritdoc/>
    public string? Notes => "Inputs that a recipe declares are flags too: medgpt run RECIPE.yaml --help lists them.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> RecordsFor(IReadOnlyList<string> words) =>
        RecordsFor(RecipePlace(words) is var at and >= 0 ? RecipeReader.Read(words[at]) : null);

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request) =>
        throw new MedicalGptException("A recipe cannot run a recipe.") { Remedy = "copy its stages" };

    /// <summary>Runs with the words behind <c>run</c>.</summary>
    /// <param name="words">Recipe and flags.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Exit code.</returns>
    public async Task<int> ExecuteAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var at = RecipePlace(words);
        var recipe = at < 0 ? null : RecipeReader.Read(words[at]);
        var set = new OptionSet(RecordsFor(recipe));
        var layer = CommandLineReader.Read([.. words.Where((_, index) => index != at)], set);
        var resolution = OptionResolver.Resolve(set, [new OptionLayer(environment.Name, environment.Settings) { IsShared = true }, layer]);
        var device = ForStages(layer);
        var pipeline = resolution.Bind<PipelineOptions>();
        if (recipe is null)
        {
            recipe = Ask(resolution);
            resolution = OptionResolver.Resolve(new OptionSet(RecipeInputs.Descriptor(recipe)), []);
        }

        return await RunAsync(recipe, RecipeInputs.Read(recipe, resolution), pipeline, [environment, device], cancellationToken);
    }

    /// <summary>Where the recipe stands: at the front, or anywhere a file that ends like one.</summary>
    private static int RecipePlace(IReadOnlyList<string> words) =>
        words.Count > 0 && !words[0].StartsWith('-') ? 0 : words.ToList().FindIndex(word => Path.GetExtension(word) is ".yaml" or ".yml");

    /// <summary>The records of one call: those of a recipe, or those of the guide.</summary>
    /// <param name="recipe">The recipe; null without one.</param>
    /// <returns>Records.</returns>
    public static IReadOnlyList<OptionsDescriptor> RecordsFor(Recipe? recipe) =>
        recipe is null ? [PipelineOptions.Descriptor, DeviceOptions.Descriptor, GuideOptions.Descriptor]
        : recipe.Inputs.Any(input => DeviceOptions.Descriptor.Options.Any(option => option.Key == input.Name)) ? [RecipeInputs.Descriptor(recipe), PipelineOptions.Descriptor]
        : [RecipeInputs.Descriptor(recipe), PipelineOptions.Descriptor, DeviceOptions.Descriptor];

    /// <summary>What a call says about the device, for every stage that computes.</summary>
    private static OptionLayer ForStages(OptionLayer line) =>
        new(line.Name, line.Settings.Where(setting => DeviceOptions.Descriptor.Options.Any(option => option.Key == OptionNames.Normalize(setting.Name)))) { IsShared = true };

    private Recipe Ask(OptionResolution resolution)
    {
        var given = resolution.Bind<GuideOptions>();
        resolution.ThrowIfInvalid();
        var guide = new Guide(console).Complete(given);
        var path = Path.Combine(guide.OutputDir!, "recipe.yaml");
        Directory.CreateDirectory(guide.OutputDir!);
        File.WriteAllText(path, GuidedRecipe.Write(guide.Method!.Value, guide.Model!, guide.SftData!, guide.PreferenceData, guide.PromptData, guide.OutputDir!));
        console.Line($"wrote {path}");
        return RecipeReader.Read(path);
    }

    private async Task<int> RunAsync(Recipe recipe, IReadOnlyDictionary<string, string> inputs, PipelineOptions options, IReadOnlyList<OptionLayer> shared, CancellationToken cancellationToken)
    {
        if (!inputs.TryGetValue(OutputInput, out var output))
            throw new MedicalGptException("The recipe has no input for its output folder.") { Place = recipe.Path, Allowed = $"an input named {OutputInput}" };
        var stages = RecipeExpander.Expand(recipe, inputs);
        console.Line($"{recipe.Name}: {recipe.Summary}");
        var runner = new PipelineRunner(commands, shared, console);
        var fingerprints = runner.Check(stages);
        if (options.Check)
        {
            foreach (var stage in stages)
                console.Line($"  {stage.Stage.Name}: {stage.Stage.Command}{(stage.Output is { } folder ? $" -> {folder}" : "")}");
            return 0;
        }

        console.Line(await machine());
        var records = await runner.RunAsync(stages, fingerprints, output, options.From, cancellationToken);
        var rows = PipelineSummary.Rows(stages, records);
        if (rows.Count > 0)
            console.Write(PipelineTable.Create(rows));
        console.Line($"all in {records.Sum(record => record.Seconds):0} s; report: {report(recipe, rows, output)}");
        return 0;
    }
}
