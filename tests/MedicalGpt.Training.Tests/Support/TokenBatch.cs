namespace MedicalGpt.Training.Tests;

internal sealed class TokenBatch(SequenceLayout layout, double[] weights) : MicroBatch
{
    public SequenceLayout Layout => layout;

    /// <summary>Weight of every target, [M].</summary>
    public double[] Weights => weights;

    public override IReadOnlyDictionary<string, double> Counts => new Dictionary<string, double> { ["tokens"] = layout.TargetCount };
}
