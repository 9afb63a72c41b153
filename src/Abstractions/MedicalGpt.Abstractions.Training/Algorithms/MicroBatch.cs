namespace MedicalGpt.Training;

/// <summary>Rows that go through the model together; algorithms derive from it.</summary>
public abstract class MicroBatch
{
    /// <summary>Counts that the loss divides by, known from masks before any forward pass, for example <c>tokens</c>, <c>pairs</c>.</summary>
    public abstract IReadOnlyDictionary<string, double> Counts { get; }
}
