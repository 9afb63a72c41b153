namespace MedicalGpt.Training;

/// <summary>A logged value.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Value">The value.</param>
public readonly record struct MetricPoint(int Step, double Value);
