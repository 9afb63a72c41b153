namespace MedicalGpt.Training;

/// <summary>An update was done.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="TotalSteps">Updates of the whole run.</param>
/// <param name="Loss">Loss of the update.</param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="Remaining">Estimate of the time left.</param>
/// <param name="RowsPerSecond">Rows of the dataset taken per second since training began.</param>
public sealed record StepReport(int Step, int TotalSteps, double Loss, TimeSpan Elapsed, TimeSpan Remaining, double RowsPerSecond) : TrainingReport;
