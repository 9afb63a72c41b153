using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Sft;

/// <summary>A micro-batch of dialogues.</summary>
/// <param name="rows">Encoded dialogues, one or (packed) several to a row.</param>
public sealed class SftBatch(IReadOnlyList<EncodedExample> rows) : MicroBatch
{
    /// <summary>All rows.</summary>
    public SequenceLayout Layout { get; } = SequenceLayout.Create([.. rows.Select(r => r.Segments)]);

    /// <summary><c>tokens</c>: targets.</summary>
    public override IReadOnlyDictionary<string, double> Counts => new Dictionary<string, double> { ["tokens"] = Layout.TargetCount };
}
