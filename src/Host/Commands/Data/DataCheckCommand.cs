using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data check</c>: counts rows, looks for held-out prompts in training rows, and measures how far rules without understanding get on preference pairs.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class DataCheckCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    private static readonly string[] HeldOutSplits = ["validation", "test"];

    /// <inheritdoc/>
    public string Name => "data check";

    /// <inheritdoc/>
    public string Summary => "Count rows, and check that no held-out prompt occurs in training rows.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataCheckOptions.Descriptor];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var dataset = DatasetChoice.Find(components, request.Peek(Records).Bind<DataCheckOptions>().DatasetName);
        var resolution = request.Resolve([.. Records, .. dataset.Records]);
        var options = resolution.Bind<DataCheckOptions>();
        var read = dataset.Bind(resolution);
        var sources = options.Sources.Select(source => RowSource.Parse(source)).ToList();
        var heldOut = options.HeldOut.Length > 0
            ? options.HeldOut.Select(source => RowSource.Parse(source, ExampleKind.Prompt)).ToList()
            : sources.FindAll(source => dataset.IsPlugin && !source.IsPath && source.Kind != ExampleKind.Text);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var training = new List<(RowSource Source, IReadOnlyList<Example> Rows)>();
            foreach (var source in sources)
                training.Add((source, await read(source, "train", cancellation)));
            var held = new List<(RowSource Source, IReadOnlyList<Example> Rows)>();
            foreach (var source in heldOut)
                foreach (var split in source.IsPath ? HeldOutSplits[..1] : HeldOutSplits)
                    held.Add((source, await read(source, split, cancellation)));
            var check = DataCheck.Run(training, held);
            if (options.Json)
                console.Json(check.ToJson());
            else
                foreach (var line in check.Lines())
                    console.Line(line);
            return check.IsClean ? CommandResult.Success : throw Overlap(check);
        });
    }

    private static MedicalGptException Overlap(DataCheck check) => new("Held-out prompts occur in training rows, so results on them would say nothing.")
    {
        Place = string.Join(", ", check.Sources.Where(source => source.Overlap.Count > 0).Select(source => source.Name)),
        Given = $"{check.OverlapCount} of {check.HeldOutPrompts}, for example: {check.Sources.SelectMany(source => source.Overlap).First()}",
        Allowed = "none",
        Remedy = "remove the rows from the training data, or hold out others",
    };
}
