using System.Globalization;
using System.Text;

namespace MedicalGpt.Training;

/// <summary>Makes one page for a pipeline: the table of its stages, then each stage's run.</summary>
public static class PipelineReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="rows">Table, one line per stage; a folder that holds a run is shown below the table.</param>
    /// <param name="notes">Lines under the title, for example checks that were made.</param>
    public static void Write(string path, string title, IReadOnlyList<PipelineRow> rows, IReadOnlyList<string> notes)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<h1>{HtmlPage.Encode(title)}</h1>");
        foreach (var note in notes)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{HtmlPage.Encode(note)}</p>");
        html.Append("<div class=\"scroll\"><table><tr><th>stage</th><th>what was learned</th><th>metric (held out)</th><th>before</th><th>after</th><th>time</th><th>peak memory</th><th>folder</th></tr>");
        foreach (var row in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td><b>{HtmlPage.Encode(row.Stage)}</b></td><td>{HtmlPage.Encode(row.Learned)}</td><td>{HtmlPage.Encode(row.Metric)}</td><td class=\"n\">{Number(row.Before)}</td><td class=\"n\">{Number(row.After)}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{row.Seconds:0.0} s</td><td class=\"n\">{(row.PeakBytes > 0 ? (row.PeakBytes / 1e6).ToString("N0", CultureInfo.InvariantCulture) + " MB" : "")}</td><td>{HtmlPage.Encode(row.Folder)}</td></tr>");
        }

        html.Append("</table></div>");
        foreach (var row in rows)
        {
            var directory = new RunDirectory(row.Folder);
            if (File.Exists(directory.RunFile))
                html.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlPage.Encode(row.Stage)}</h2>{RunReport.Body(RunLog.Read(directory), row.Folder)}");
        }

        DurableFiles.ReplaceText(path, HtmlPage.Wrap(title, html.ToString()));
    }

    private static string Number(double? value) => value is { } number ? SvgChart.Short(number) : "–";
}
