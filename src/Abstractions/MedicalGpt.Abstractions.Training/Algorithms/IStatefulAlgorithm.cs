namespace MedicalGpt.Training;

/// <summary>An algorithm with state of its own (an adaptive KL coefficient …) that checkpoints carry.</summary>
public interface IStatefulAlgorithm
{
    /// <summary>The state as named numbers.</summary>
    IReadOnlyDictionary<string, double> State { get; }

    /// <summary>Takes a saved state back.</summary>
    /// <param name="state">What <see cref="State"/> gave.</param>
    void Restore(IReadOnlyDictionary<string, double> state);
}
