using System.Globalization;
using MedicalGpt.Host.Recipes;
using Spectre.Console;

namespace MedicalGpt.Host.Pipeline;

/// <summary>The table at the end of a pipeline: what every stage taught, before and after, its time, memory and output.</summary>
internal static class PipelineTable
{
    /// <summary>Makes the table.</summary>
    /// <param name="stages">Stages.</param>
    /// <param name="records">Their records, in the same order.</param>
    /// <returns>The table.</returns>
    public static Table Create(IReadOnlyList<ExpandedStage> stages, IReadOnlyList<StageRecord> records)
    {
        var table = new Table().AddColumns("stage", "what was learned", "metric", "before", "after", "time", "peak memory", "output");
        for (var i = 0; i < stages.Count; i++)
        {
            var stage = stages[i].Stage;
            if (stage.Learns is null)
                continue;
            table.AddRow([.. new[]
            {
                stage.Name,
                stage.Learns,
                stage.Metric ?? "",
                Value(records[i].Before, stage.Metric),
                Value(records[i].After, stage.Metric),
                string.Create(CultureInfo.InvariantCulture, $"{records[i].Seconds:0.0} s"),
                string.Create(CultureInfo.InvariantCulture, $"{records[i].PeakBytes / 1048576.0:0} MiB"),
                records[i].Output ?? "",
            }.Select(Markup.Escape)]);
        }

        return table;
    }

    /// <summary>A metric as text.</summary>
    /// <param name="values">Metrics.</param>
    /// <param name="metric">Its name.</param>
    /// <returns>Four significant digits, or a dash.</returns>
    public static string Value(IReadOnlyDictionary<string, double> values, string? metric) =>
        metric is not null && values.TryGetValue(metric, out var value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "-";
}
