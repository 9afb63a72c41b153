namespace MedicalGpt.Training;

/// <summary>A source of answers that is told where the run stands, so that what it draws depends on the moment alone.</summary>
public interface IStepRollouts : IRolloutSource
{
    /// <summary>Called before every collection.</summary>
    /// <param name="step">Updates done so far.</param>
    /// <param name="evaluating">True when held-out prompts follow.</param>
    void MoveTo(int step, bool evaluating);
}
