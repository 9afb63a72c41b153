using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;
using MedicalGpt.Training.Templates;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data stats</c>: rows, turns and lengths of files. Nothing is judged: that is what <c>data check</c> does.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class DataStatsCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "data stats";

    /// <inheritdoc/>
    public string Summary => "Count rows, turns and lengths.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataStatsOptions.Descriptor];

    /// <inheritdoc/>
    public string PositionalHelp => "[PATH]";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "input" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<DataStatsOptions>();
        RowSource.Parse(options.Input);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var notices = new ReadNotices();
            var read = components.Reading(new DataReadOptions { Columns = options.Columns, OnBadRow = BadRowPolicy.Skip, Notice = notices.Add });
            var inputs = new RowInputs(DatasetChoice.Find(components, null).BindStream(resolution, read), read);
            var checker = new DataChecker(new DataCheckSettings { Encoder = options.Tokenizer is { } tokenizer ? ExampleEncoder.Load(tokenizer, options.ToTemplate()) : null, CountOnly = true });
            await foreach (var row in inputs.ReadAsync(options.Input, ["train"], options.MaxSamples, cancellation))
                checker.Add(row);
            var report = checker.Report() with { Findings = [.. inputs.Findings()] };
            if (options.Json)
            {
                console.Json(report.ToJson(notices.Told));
            }
            else
            {
                foreach (var line in notices.Told)
                    console.Line(line, LineStyle.Faint);
                foreach (var line in report.CountLines().Concat(report.Findings.SelectMany(finding => finding.Lines())))
                    console.Line(line);
            }

            return CommandResult.Success;
        });
    }
}
