namespace MedicalGpt.Training;

/// <summary>The trainer's batch sizes.</summary>
/// <param name="MicroBatchSize">Rows per micro-batch (<c>--per_device_train_batch_size</c>).</param>
/// <param name="AccumulationSteps">Micro-batches per update (<c>--gradient_accumulation_steps</c>).</param>
public readonly record struct BatchShape(int MicroBatchSize, int AccumulationSteps);
