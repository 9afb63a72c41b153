namespace MedicalGpt.Training;

/// <summary>Hears nothing.</summary>
public sealed class SilentProgress : ITrainingProgress
{
    /// <inheritdoc/>
    public void Report(TrainingReport report)
    {
    }
}
