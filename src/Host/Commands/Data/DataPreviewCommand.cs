using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Templates;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data preview</c>: the first rows as a stage sees them, token by token, learned tokens marked.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where they are shown.</param>
internal sealed class DataPreviewCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "data preview";

    /// <inheritdoc/>
    public string Summary => "Show the first rows token by token, with ids and what is learned.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataPreviewOptions.Descriptor];

    /// <inheritdoc/>
    public string PositionalHelp => "[PATH]";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "input" : null;

    /// <inheritdoc/>
    public string Notes => "Learned tokens are green on a terminal and carry a plus sign in a pipe. ␣ is a space, ⏎ a line end; ‥ a token that is only a part of the next character.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var peek = request.Peek(Records).Bind<DataPreviewOptions>();
        var algorithm = components.Get<IAlgorithm>(peek.Stage);
        var dataset = DatasetChoice.Find(components, peek.DatasetName);
        var resolution = request.Resolve([.. Records, algorithm.Options with { StageDefaults = [], Presets = [] }, .. dataset.Records]);
        var options = resolution.Bind<DataPreviewOptions>();
        NamedRows.Require(options.Input, options.DatasetName, options.DatasetConfigName, options.Split);
        var named = dataset.IsNamed ? dataset.BindNamed(resolution, options.DatasetConfigName, options.Split) : null;
        var bound = algorithm.Bind(resolution);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var encoder = ExampleEncoder.Load(options.Tokenizer, options.ToTemplate());
            var read = components.Reading(new DataReadOptions { Columns = options.Columns, SystemPrompt = options.SystemPrompt, Notice = text => console.Line(text, LineStyle.Faint) });
            var stage = algorithm.Create(bound, EmptyServices.Instance);
            var examples = named?.ReadAsync(stage.Input, read, cancellation) ?? FileDataset.FromPath(options.Input, options: read).ReadAsync(new DatasetRequest(stage.Input, null, "train"), cancellation);
            var rows = await EncodeAsync(stage, encoder, options, examples, cancellation);
            var colours = console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
            foreach (var (row, number) in rows.Select((row, i) => (row, i + 1)))
            {
                console.Line(FormattableString.Invariant($"{number}. {row.Source.Origin}"), LineStyle.Strong);
                foreach (var line in RowPreview.Lines(row, encoder, colours, options.MaxTokens))
                    console.Line(line);
            }

            if (options.Output is { } page)
                await File.WriteAllTextAsync(page, RowPreview.Html(options.Stage, rows, encoder), cancellation);
            return CommandResult.Success with { Output = options.Output };
        });
    }

    private async Task<IReadOnlyList<EncodedExample>> EncodeAsync(IAlgorithm algorithm, ExampleEncoder encoder, DataPreviewOptions options, IAsyncEnumerable<Example> examples, CancellationToken cancellation)
    {
        var rows = new List<EncodedExample>();
        await foreach (var row in examples.Take(options.MaxSamples).WithCancellation(cancellation))
        {
            var result = algorithm.Encode(row, encoder);
            if (result.Example is { } example)
                rows.Add(example);
            if (result.DropReason is { } reason)
                console.Line($"{row.Origin}: left out: {reason}", LineStyle.Warning);
            else if (result.Cut is { } cut)
                console.Line($"{row.Origin}: {cut.Rule}", LineStyle.Warning);
            if (algorithm is not IRowPacker && rows.Count == options.Examples)
                break;
        }

        return [.. (algorithm is IRowPacker packer ? packer.Pack(rows) : rows).Take(options.Examples)];
    }
}
