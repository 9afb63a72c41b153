using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Pretrain;

/// <summary>A micro-batch of packed text.</summary>
/// <param name="rows">Packed rows.</param>
public sealed class PretrainBatch(IReadOnlyList<EncodedExample> rows) : MicroBatch
{
    /// <summary>All rows.</summary>
    public SequenceLayout Layout { get; } = SequenceLayout.Create([.. rows.Select(r => r.Segments)]);

    /// <summary><c>tokens</c>: targets.</summary>
    public override IReadOnlyDictionary<string, double> Counts => new Dictionary<string, double> { ["tokens"] = Layout.TargetCount };
}
