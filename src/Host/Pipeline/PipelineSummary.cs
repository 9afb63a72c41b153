using MedicalGpt.Host.Recipes;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Pipeline;

/// <summary>What a finished pipeline shows: the rows of its table, and its report.</summary>
internal static class PipelineSummary
{
    /// <summary>What a comparison's metrics are called: <c>accuracy/sft</c>.</summary>
    private const string Accuracy = "accuracy/";

    /// <summary>One row for each stage that teaches something (before, after, time, memory and output), then one for each model that a stage compared.</summary>
    /// <param name="stages">Stages.</param>
    /// <param name="records">Their records, in the same order.</param>
    /// <returns>Rows.</returns>
    public static IReadOnlyList<PipelineRow> Rows(IReadOnlyList<ExpandedStage> stages, IReadOnlyList<StageRecord> records) =>
    [
        .. stages.Zip(records)
            .Where(pair => pair.First.Stage.Learns is not null)
            .Select(pair => new PipelineRow(
                pair.First.Stage.Name,
                pair.First.Stage.Learns!,
                pair.First.Stage.Metric ?? "",
                Value(pair.Second.Before, pair.First.Stage.Metric),
                Value(pair.Second.After, pair.First.Stage.Metric),
                pair.Second.Seconds,
                pair.Second.PeakBytes,
                pair.Second.Output ?? "")),
        .. records.SelectMany(record => record.After
            .Where(metric => metric.Key.StartsWith(Accuracy, StringComparison.Ordinal))
            .Select(metric => new PipelineRow(record.Name, metric.Key[Accuracy.Length..], "answer accuracy", null, metric.Value, record.Seconds, record.PeakBytes, record.Output ?? ""))),
    ];

    /// <summary>Writes <c>report.html</c>.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="rows">Its table.</param>
    /// <param name="folder">The pipeline's output folder.</param>
    /// <returns>Path of the page.</returns>
    public static string Write(Recipe recipe, IReadOnlyList<PipelineRow> rows, string folder)
    {
        var path = Path.Combine(folder, "report.html");
        PipelineReport.Write(path, recipe.Name, rows, [recipe.Summary]);
        return path;
    }

    private static double? Value(IReadOnlyDictionary<string, double> values, string? metric) =>
        metric is not null && values.TryGetValue(metric, out var value) ? value : null;
}
