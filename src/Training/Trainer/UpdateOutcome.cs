namespace MedicalGpt.Training;

/// <summary>What one optimiser update gave.</summary>
/// <param name="Loss">Sum of its micro-batches' losses, each already divided by the update's denominators.</param>
/// <param name="GradientNorm">L2 norm of the gradient over all trained weights, before clipping.</param>
/// <param name="LearningRate">Rate of the step.</param>
/// <param name="Metrics">The algorithm's metrics.</param>
internal readonly record struct UpdateOutcome(double Loss, double GradientNorm, double LearningRate, Metrics Metrics);
