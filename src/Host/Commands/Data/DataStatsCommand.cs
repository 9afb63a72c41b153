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
        var dataset = DatasetChoice.Find(components, request.Peek(Records).Bind<DataStatsOptions>().DatasetName);
        var resolution = request.Resolve([.. Records, .. dataset.Records]);
        var options = resolution.Bind<DataStatsOptions>();
        NamedRows.Require(options.Input, options.DatasetName, options.DatasetConfigName, options.Split);
        RowSource.Parse(options.Input);
        var named = dataset.IsNamed ? dataset.BindNamed(resolution, options.DatasetConfigName, options.Split) : null;
        var open = dataset.BindOpen(resolution);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var notices = new ReadNotices();
            var read = components.Reading(new DataReadOptions { Columns = options.Columns, OnBadRow = BadRowPolicy.Skip, Notice = notices.Add });
            var inputs = new RowInputs(open, read);
            var checker = new DataChecker(new DataCheckSettings { Encoder = options.Tokenizer is { } tokenizer ? ExampleEncoder.Load(tokenizer, options.ToTemplate()) : null, CountOnly = true });
            var rows = named is null ? inputs.ReadAsync(options.Input, ["train"], options.MaxSamples, cancellation)
                : named.ReadAsync(read, cancellation).Take(options.MaxSamples > 0 ? options.MaxSamples : int.MaxValue);
            await foreach (var row in rows.WithCancellation(cancellation))
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

            return report is { Sources.Count: 0, Findings: [var fault, ..] }
                ? throw new MedicalGptException("There are no rows to count.") { Place = fault.First.Count > 0 ? fault.First[0].ToString() : null, Given = fault.Text, Remedy = fault.Remedy }
                : CommandResult.Success;
        });
    }
}
