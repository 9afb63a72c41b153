using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Data;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Rewards;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Compare;

/// <summary><c>medgpt compare</c>: several models answer the same held-out prompts, greedily, and reward functions judge the answers.</summary>
/// <param name="components">The plugins.</param>
/// <param name="compute">Where tensors are touched.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class CompareCommand(InstalledComponents components, Compute compute, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "compare";

    /// <inheritdoc/>
    public string Summary => "Compare models on held-out prompts with reward functions.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [CompareOptions.Descriptor, DeviceOptions.Descriptor];

    /// <inheritdoc/>
    public string? Notes => "Answers are greedy (temperature 0). Accuracy is the mean total reward; with rewards of 0 and 1 its interval is Wilson's.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var peek = request.Peek(Records).Bind<CompareOptions>();
        var dataset = DatasetChoice.Find(components, peek.DatasetName);
        var rewards = peek.RewardFunctions.Distinct(StringComparer.Ordinal).Select(components.Get<IRewardFunction>).ToList();
        var resolution = request.Resolve([.. Records, .. dataset.Records, .. rewards.Select(reward => reward.Options)]);
        var (options, place) = (resolution.Bind<CompareOptions>(), resolution.Bind<DeviceOptions>());
        var read = dataset.Bind(resolution, new DataReadOptions { Columns = options.Columns, OnBadRow = options.OnBadRow, Notice = text => Note(text, options) }, options.MaxSamples);
        var bound = rewards.Select(reward => (Component: reward, Options: reward.Bind(resolution))).ToList();
        resolution.ThrowIfInvalid();
        if (options.DatasetName is null == options.TestFile is null)
            throw new MedicalGptException("It is not clear which prompts are meant.") { Place = "medgpt compare", Allowed = "one of --dataset-name NAME and --test-file FILE" };
        var models = ComparedModel.ParseAll(options.Models);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var load = new LoadOptions { Device = await compute.RunAsync(options.Threads, place.Activate) };
            var services = new RewardServices(compute.Thread, components.Models, () => load);
            var functions = RewardPipeline.Create([.. bound.Select(reward => (reward.Component.Info.Name, reward.Component.Create(reward.Options, services)))], options.RewardWeights);
            var source = new RowSource(options.TestFile ?? options.DatasetConfigName, ExampleKind.Prompt);
            var prompts = Prompts(await read(source, options.Split, cancellation), options);
            var runner = new ModelComparer(components, compute, options, load);
            var answers = new List<ComparedAnswers>();
            foreach (var model in models)
                answers.Add(await runner.RunAsync(model, prompts, functions, cancellation));
            return await ShowAsync(new Comparison(prompts, answers, options.By, options.ShowSamples), options, cancellation);
        });
    }

    private void Note(string text, CompareOptions options)
    {
        if (!options.Json)
            console.Line(text);
    }

    private static List<Prompt> Prompts(IReadOnlyList<Example> rows, CompareOptions options)
    {
        var prompts = rows.OfType<Prompt>().ToList();
        if (prompts.Count == 0)
            throw new MedicalGptException("There are no prompts in words.") { Place = options.TestFile ?? $"{options.DatasetName} {options.DatasetConfigName} {options.Split}", Given = $"{rows.Count} rows" };
        foreach (var column in options.By.Where(column => !prompts.Any(prompt => prompt.Reference.ContainsKey(column))))
            throw new MedicalGptException("No prompt has the column.") { Place = "--by", Given = column, Allowed = string.Join(", ", prompts[0].Reference.Keys) };
        return prompts;
    }

    private async Task<CommandResult> ShowAsync(Comparison comparison, CompareOptions options, CancellationToken cancellation)
    {
        if (options.Output is { } path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await File.WriteAllTextAsync(path, comparison.ToJson().ToJsonString(JsonText.Readable) + "\n", cancellation);
        }

        if (options.Json)
            console.Json(comparison.ToJson());
        else
            foreach (var line in comparison.Lines())
                console.Line(line);
        return CommandResult.Success with
        {
            Output = options.Output,
            After = comparison.Models.Where(model => model.Overall.Count > 0).ToDictionary(model => $"accuracy/{model.Model.Name}", model => model.Overall.Mean),
        };
    }
}
