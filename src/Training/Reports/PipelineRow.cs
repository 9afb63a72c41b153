namespace MedicalGpt.Training;

/// <summary>A line of a pipeline's table.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Learned">What it learned, in a few words.</param>
/// <param name="Metric">Name of the metric that shows it, on held-out rows.</param>
/// <param name="Before">The metric before; null when it was not measured.</param>
/// <param name="After">The metric after; null when it was not measured.</param>
/// <param name="Seconds">Time of the stage.</param>
/// <param name="PeakBytes">Peak memory of the stage; 0 = not known.</param>
/// <param name="Folder">Its output folder.</param>
public sealed record PipelineRow(string Stage, string Learned, string Metric, double? Before, double? After, double Seconds, long PeakBytes, string Folder);
