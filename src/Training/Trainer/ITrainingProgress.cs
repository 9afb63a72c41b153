namespace MedicalGpt.Training;

/// <summary>Hears what a run does, on the compute thread; must be quick and must not throw.</summary>
public interface ITrainingProgress
{
    /// <summary>Something happened.</summary>
    /// <param name="report">What.</param>
    void Report(TrainingReport report);
}
