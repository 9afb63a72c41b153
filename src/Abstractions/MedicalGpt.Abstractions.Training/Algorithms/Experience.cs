namespace MedicalGpt.Training;

/// <summary>What some updates learn from; algorithms derive from it. Disposed by the trainer after its last update.</summary>
public abstract class Experience : IDisposable
{
    /// <summary>Metrics known when it was collected, for example rewards.</summary>
    public Metrics Metrics { get; } = new();

    /// <summary>Samples worth showing (<c>samples.jsonl</c>).</summary>
    public IList<SampleRecord> Samples { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees tensors.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
