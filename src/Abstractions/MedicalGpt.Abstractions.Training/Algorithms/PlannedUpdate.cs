namespace MedicalGpt.Training;

/// <summary>One optimiser update: backward over every micro-batch, then clip, step, schedule.</summary>
/// <param name="MicroBatches">Micro-batches, at least one.</param>
public sealed record PlannedUpdate(IReadOnlyList<MicroBatch> MicroBatches);
