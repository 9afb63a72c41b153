using System.Globalization;
using System.Text;

namespace MedicalGpt.Training;

/// <summary>Makes <c>report.html</c> of a run from its files.</summary>
public static class RunReport
{
    private const int MostSamples = 24;
    private static readonly string[] Leading = ["loss", "reward", "perplexity", "rewards/accuracies", "accuracy", "rewards/margins", "margin", "kl", "entropy"];
    private static readonly HashSet<string> Untold = ["epoch", "step_time", "eval_runtime", "train_runtime", "train_loss", "train_steps_per_second", "train_samples_per_second", "peak_resident_bytes", "peak_tensor_bytes", "train_rows_cut", "train_rows_dropped"];

    /// <summary>Writes the report into the run's folder.</summary>
    /// <param name="directory">The run.</param>
    public static void Write(RunDirectory directory)
    {
        var run = RunLog.Read(directory);
        DurableFiles.ReplaceText(directory.ReportFile, HtmlPage.Wrap($"{run.Stage}: {Path.GetFileName(directory.Root)}", $"<h1>{HtmlPage.Encode(run.Stage)}</h1>{Body(run, directory.Root)}"));
    }

    /// <summary>The part of a page that shows a run: state, findings, curves, samples.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">Its folder, as shown.</param>
    /// <returns>HTML.</returns>
    internal static string Body(RunLog run, string folder)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{HtmlPage.Encode(run.State)} · {HtmlPage.Encode(folder)}<br>{HtmlPage.Encode(Facts(run))}</p>");
        if (run.Record["error"]?.GetValue<string>() is { } error)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"finding\"><b>failed</b>: {HtmlPage.Encode(error)}</p>");
        foreach (var finding in RunDiagnosis.Look(run))
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"finding\"><b>{HtmlPage.Encode(finding.Rule)}</b>: {HtmlPage.Encode(finding.Text)}</p>");
        html.Append("<p class=\"soft key\"><i style=\"background:var(--a)\"></i>training<i style=\"background:var(--b)\"></i>held out</p><div class=\"charts\">");
        foreach (var name in ChartNames(run))
            html.Append(CultureInfo.InvariantCulture, $"<figure>{SvgChart.Draw(name, Lines(run, name))}</figure>");
        html.Append("</div>");
        AppendSamples(html, run);
        return html.ToString();
    }

    private static string Facts(RunLog run)
    {
        var facts = new List<string>();
        if (run.Record["model"]?.GetValue<string>() is { } model)
            facts.Add(model);
        if (run.Record["train_rows"]?["kept"]?.GetValue<int>() is { } rows)
            facts.Add(FormattableString.Invariant($"{rows:N0} training rows"));
        if (run.Record["steps"]?.GetValue<int>() is { } steps)
            facts.Add(FormattableString.Invariant($"{steps:N0} updates"));
        if (run.Last("train_runtime") is { } seconds)
            facts.Add(FormattableString.Invariant($"{seconds:0.0} s"));
        if (run.Last("peak_resident_bytes") is { } bytes and > 0)
            facts.Add(FormattableString.Invariant($"peak memory {bytes / 1e6:N0} MB"));
        return string.Join(" · ", facts);
    }

    private static IEnumerable<string> ChartNames(RunLog run) =>
        run.Series.Keys.Where(n => !Untold.Contains(n))
            .Select(n => n.StartsWith("eval_", StringComparison.Ordinal) ? n[5..] : n)
            .Distinct(StringComparer.Ordinal)
            .Where(n => !Untold.Contains(n) && Lines(run, n).Any(l => l.Points.Count > 1))
            .OrderBy(n => Array.IndexOf(Leading, n) is var i and >= 0 ? i : Leading.Length)
            .ThenBy(n => n.Contains('/', StringComparison.Ordinal))
            .ThenBy(n => n, StringComparer.Ordinal);

    private static List<(string Name, IReadOnlyList<MetricPoint> Points)> Lines(RunLog run, string name)
    {
        var lines = new List<(string, IReadOnlyList<MetricPoint>)> { (name, run.Series.GetValueOrDefault(name) ?? []) };
        if (run.Series.TryGetValue("eval_" + name, out var heldOut))
            lines.Add(("held out", heldOut));
        return lines;
    }

    private static void AppendSamples(StringBuilder html, RunLog run)
    {
        if (run.Samples.Count == 0)
            return;
        html.Append("<h3>Answers</h3><div class=\"scroll\"><table><tr><th>update</th><th>rows</th><th>prompt</th><th>answer</th><th>expected</th><th>reward</th></tr>");
        foreach (var (step, split, sample) in run.Samples.Take(MostSamples / 3).Concat(run.Samples.Skip(MostSamples / 3).TakeLast(MostSamples - MostSamples / 3)))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{step}</td><td>{HtmlPage.Encode(split == "eval" ? "held out" : split)}</td><td class=\"t\">{HtmlPage.Encode(sample.Prompt)}</td><td class=\"t\">{HtmlPage.Encode(sample.Completion)}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"t\">{HtmlPage.Encode(sample.Reference)}</td><td class=\"n\">{(sample.Reward is { } reward ? SvgChart.Short(reward) : "")}</td></tr>");
        }

        html.Append("</table></div>");
    }
}
