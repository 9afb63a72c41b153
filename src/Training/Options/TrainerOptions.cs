namespace MedicalGpt.Training;

/// <summary>Everything a stage needs beside its algorithm's own options.</summary>
public sealed record TrainerOptions
{
    /// <summary>Models.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>Where models compute.</summary>
    public DeviceOptions Device { get; init; } = new();

    /// <summary>A base of few bits.</summary>
    public QuantizedBaseOptions QuantizedBase { get; init; } = new();

    /// <summary>Number type of the computation, after looking at all flags.</summary>
    public ComputePrecision Precision => QuantizedBase.Compute(Model.EffectivePrecision);

    /// <summary>Rows.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>Adapters.</summary>
    public AdapterOptions Adapter { get; init; } = new();

    /// <summary>Optimiser and schedule.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>Length, batches, outputs.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>Answers and rewards.</summary>
    public RolloutOptions Rollout { get; init; } = new();
}
