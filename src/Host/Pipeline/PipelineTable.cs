using System.Globalization;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Pipeline;

/// <summary>The table at the end of a pipeline: what every stage taught, before and after, its time, memory and output.</summary>
internal static class PipelineTable
{
    /// <summary>Makes the table.</summary>
    /// <param name="rows">Its rows.</param>
    /// <returns>The table.</returns>
    public static Table Create(IReadOnlyList<PipelineRow> rows)
    {
        var table = new Table().AddColumns("stage", "what was learned", "metric", "before", "after", "time", "peak memory", "output");
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Stage,
                row.Learned,
                row.Metric,
                Number(row.Before),
                Number(row.After),
                string.Create(CultureInfo.InvariantCulture, $"{row.Seconds:0.0} s"),
                string.Create(CultureInfo.InvariantCulture, $"{row.PeakBytes / 1048576.0:0} MiB"),
                row.Folder,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "-";
}
