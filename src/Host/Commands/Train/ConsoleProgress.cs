using System.Globalization;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>Prints what a run does, a line at a time.</summary>
/// <param name="console">The terminal.</param>
internal sealed class ConsoleProgress(IAnsiConsole console) : ITrainingProgress
{
    /// <summary>What tells most about each algorithm, in the order shown; the rest is in <c>metrics.jsonl</c>.</summary>
    private static readonly string[] Leading =
    [
        "loss", "reward", "rewards/accuracies", "rewards/margins", "accuracy", "margin", "objective/scores", "objective/kl", "loss/value_avg", "mean_token_accuracy",
        "completions/mean_length", "kl", "entropy", "grad_norm", "learning_rate", "epoch",
    ];

    private StepReport? _last;

    /// <summary>Prints the options that some layer has set, with the layer; all of them are in <c>run.json</c>.</summary>
    /// <param name="resolved">All options.</param>
    public void Options(IReadOnlyList<OptionProvenance> resolved)
    {
        console.Line("  options that differ from the record's defaults:");
        var set = resolved.Where(option => option.Source != OptionProvenance.RecordDefault).ToList();
        foreach (var line in OptionProvenance.Table(set).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            console.Line("    " + line, LineStyle.Faint);
    }

    /// <inheritdoc/>
    public void Report(TrainingReport report)
    {
        switch (report)
        {
            case NoteReport note:
                console.Line("  " + note.Text, note.Warning ? LineStyle.Warning : LineStyle.Plain);
                break;
            case StartedReport started:
                console.Line(string.Create(CultureInfo.InvariantCulture, $"  {started.Rows} rows, {started.TotalSteps} updates ({started.Epochs:0.##} epochs){(started.FirstStep > 0 ? $", continued after {started.FirstStep}" : "")}"));
                break;
            case StepReport step:
                _last = step;
                break;
            case MetricsReport metrics:
                console.Line($"  {Position(metrics.Step)} {string.Join("  ", Shown(metrics.Values).Select(value => $"{value.Key} {Number(value.Value)}"))}");
                break;
            case SavedReport { Final: true } saved:
                console.Line($"  saved {saved.Path}");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<KeyValuePair<string, double>> Shown(IReadOnlyDictionary<string, double> values) =>
        Leading.SelectMany(name => new[] { name, "eval_" + name }).Append("eval_perplexity").Where(values.ContainsKey).Select(name => KeyValuePair.Create(name, values[name]));

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) => time.ToString(time.TotalHours < 1 ? @"mm\:ss" : time.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private string Position(int step) => _last is { } last && last.Step == step
        ? string.Create(CultureInfo.InvariantCulture, $"{step}/{last.TotalSteps} ({Duration(last.Remaining)} left)")
        : step.ToString(CultureInfo.InvariantCulture);
}
