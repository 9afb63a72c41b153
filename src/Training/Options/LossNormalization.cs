namespace MedicalGpt.Training;

/// <summary>What a loss is divided by.</summary>
public enum LossNormalization
{
    /// <summary>Counts of the whole update, so that results do not depend on how it is cut into micro-batches.</summary>
    Update,

    /// <summary>Mean over micro-batches of each one's own mean (transformers and TRL).</summary>
    MicroBatch,
}
