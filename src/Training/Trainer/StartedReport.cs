namespace MedicalGpt.Training;

/// <summary>Training begins.</summary>
/// <param name="TotalSteps">Updates of the whole run.</param>
/// <param name="FirstStep">Updates done before (a resumed run).</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Rows">Training rows.</param>
public sealed record StartedReport(int TotalSteps, int FirstStep, double Epochs, int Rows) : TrainingReport;
