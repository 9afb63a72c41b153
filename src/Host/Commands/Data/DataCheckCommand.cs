using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;
using MedicalGpt.Training.Templates;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data check</c>: counts rows and looks for what makes training go wrong: bad, empty and repeated rows, pairs that prefer nothing, held-out prompts in training rows, wrongly decoded text, personal data; with a tokenizer also lengths, masks and end tokens.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where the result goes.</param>
internal sealed class DataCheckCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    private static readonly string[] HeldOutSplits = ["validation", "test"];

    /// <inheritdoc/>
    public string Name => "data check";

    /// <inheritdoc/>
    public string Summary => "Look for what makes training go wrong in rows: bad, empty, repeated, leaked, wrongly decoded, personal.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataCheckOptions.Descriptor];

    /// <inheritdoc/>
    public string PositionalHelp => "[PATH]";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "sources" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var dataset = DatasetChoice.Find(components, request.Peek(Records).Bind<DataCheckOptions>().DatasetName);
        var resolution = request.Resolve([.. Records, .. dataset.Records]);
        var options = resolution.Bind<DataCheckOptions>();
        var notices = new ReadNotices();
        var read = components.Reading(new DataReadOptions { Columns = options.Columns, OnBadRow = BadRowPolicy.Skip, Notice = notices.Add });
        var open = dataset.BindOpen(resolution);
        var training = new RowInputs(open, read);
        var quiet = read with { Notice = _ => { }, Skipped = new SkippedRows() };
        var held = new RowInputs(open, quiet);
        foreach (var source in options.Sources.Concat(options.HeldOut))
            RowSource.Parse(source);
        IReadOnlyList<string> heldOut = options.HeldOut.Length > 0 ? options.HeldOut : [.. options.Sources.Where(source => dataset.IsPlugin && RowSource.Parse(source) is { IsPath: false, Kind: not ExampleKind.Text })];
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var encoder = options.Tokenizer is { } tokenizer ? ExampleEncoder.Load(tokenizer, options.ToTemplate()) : null;
            var checker = new DataChecker(new DataCheckSettings
            {
                Encoder = encoder,
                VocabularySize = encoder?.Tokenizer.VocabularySize ?? 0,
                MaxTokens = options.MaxLength,
                NearDuplicates = options.NearDuplicates,
            });
            foreach (var source in heldOut)
            {
                var count = 0L;
                await foreach (var row in held.ReadAsync(source, HeldOutSplits, 0, cancellation))
                {
                    checker.AddHeldOut(row);
                    count++;
                }

                if (count == 0 && options.HeldOut.Length > 0 && !RowSource.Parse(source).IsPath)
                    throw new MedicalGptException("The dataset has no held-out rows in this configuration.") { Place = "--held-out", Given = source, Allowed = $"a configuration with rows of the split {string.Join(" or ", HeldOutSplits)}", Remedy = "name a file of held-out rows, or leave it out" };
            }

            foreach (var source in options.Sources)
                await foreach (var row in training.ReadAsync(source, ["train"], options.MaxSamples, cancellation))
                    checker.Add(row);
            var report = checker.Report();
            report = report with { Findings = [.. training.Findings(), .. held.Findings(), .. report.Findings] };
            Print(report, notices, options);
            return report.Count(FindingSeverity.Error) > 0 || (options.Strict && report.Count(FindingSeverity.Warning) > 0) ? throw Failure(report) : CommandResult.Success;
        });
    }

    private void Print(DataReport report, ReadNotices notices, DataCheckOptions options)
    {
        if (options.Json)
        {
            console.Json(report.ToJson(notices.Told));
            return;
        }

        foreach (var line in notices.Told)
            console.Line(line, LineStyle.Faint);
        foreach (var line in report.CountLines())
            console.Line(line);
        console.Line();
        foreach (var finding in report.Findings)
            foreach (var line in finding.Lines())
                console.Line(line, finding.Severity == FindingSeverity.Error ? LineStyle.Strong : finding.Severity == FindingSeverity.Warning ? LineStyle.Warning : LineStyle.Plain);
        console.Line(report.HeldOutPrompts == 0 ? "no held-out rows were named, so nothing was looked for in the rows (--held-out)" : FormattableString.Invariant($"{report.HeldOutMet:N0} of {report.HeldOutPrompts:N0} held-out prompts occur in any stage's rows"));
        console.Line(FormattableString.Invariant($"{report.Sources.Sum(source => source.Rows):N0} rows: {report.Count(FindingSeverity.Error)} errors, {report.Count(FindingSeverity.Warning)} warnings"), LineStyle.Strong);
    }

    private static MedicalGptException Failure(DataReport report)
    {
        var worst = report.Findings.Where(finding => finding.Severity == report.Findings.Max(any => any.Severity)).ToList();
        return new MedicalGptException("The rows have faults.")
        {
            Place = worst.SelectMany(finding => finding.First).FirstOrDefault()?.ToString(),
            Given = string.Join("; ", worst.Select(finding => finding.Text)),
            Allowed = "none of them",
            Remedy = worst[0].Remedy,
        };
    }
}
