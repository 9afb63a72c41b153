namespace MedicalGpt.Training;

/// <summary>How a run ended.</summary>
/// <param name="Completed">True when all updates were done; false when it was interrupted (a checkpoint was written).</param>
/// <param name="Steps">Updates done in all.</param>
/// <param name="OutputDirectory">Run folder, which is also the result's folder.</param>
/// <param name="Metrics">Metrics of the whole run: <c>train_loss</c>, <c>train_runtime</c> …</param>
public sealed record StageResult(bool Completed, int Steps, string OutputDirectory, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Metrics on held-out rows before the first update; null when they were not measured.</summary>
    public IReadOnlyDictionary<string, double>? EvalBefore { get; init; }

    /// <summary>Metrics on held-out rows after the last update; null when there are none.</summary>
    public IReadOnlyDictionary<string, double>? EvalAfter { get; init; }
}
