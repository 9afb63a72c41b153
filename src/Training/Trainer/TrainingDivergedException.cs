namespace MedicalGpt.Training;

/// <summary>Training gave a number that is not finite; nothing of it was saved.</summary>
/// <param name="step">The update, counted from 1.</param>
/// <param name="what">What was not finite.</param>
/// <param name="value">Its value.</param>
/// <param name="lastCheckpoint">The newest checkpoint with finite weights; null when there is none.</param>
public sealed class TrainingDivergedException(int step, string what, double value, string? lastCheckpoint)
    : MedicalGptException(
        FormattableString.Invariant($"training diverged at update {step}: {what} is {value}. Nothing of this update was saved. Lower --learning_rate, lengthen --warmup_steps, set --max_grad_norm 1, or look at the rows of this update")
        + (lastCheckpoint is null ? "" : $"; continue from {lastCheckpoint} with --resume_from_checkpoint"))
{
}
