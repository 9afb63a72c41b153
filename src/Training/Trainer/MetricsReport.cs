namespace MedicalGpt.Training;

/// <summary>Metrics were logged.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Values">Metrics by name, in order.</param>
public sealed record MetricsReport(int Step, IReadOnlyDictionary<string, double> Values) : TrainingReport;
