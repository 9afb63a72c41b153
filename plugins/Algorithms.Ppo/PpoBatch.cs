using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>A micro-batch of answers.</summary>
public sealed class PpoBatch : MicroBatch
{
    /// <summary>Lays answers out, a prompt and its answer to a row.</summary>
    /// <param name="sequences">Answers.</param>
    public PpoBatch(IReadOnlyList<PpoSequence> sequences)
    {
        Sequences = sequences;
        Layout = SequenceLayout.Create([.. sequences.Select(s => (IReadOnlyList<Segment>)[new Segment(s.Rollout.PromptIds), Segment.AllLearned(s.Rollout.CompletionIds, 0)])]);
    }

    /// <summary>Answers, B.</summary>
    public IReadOnlyList<PpoSequence> Sequences { get; }

    /// <summary>All answers; targets are their tokens, answer after answer.</summary>
    public SequenceLayout Layout { get; }

    /// <summary>Flat index of the token at which each slot's value is read: the token before it. Answer after answer.</summary>
    public long[] SlotTokens => [.. Sequences.SelectMany((s, i) => Enumerable.Range(-1, s.Slots).Select(t => t < 0 ? Layout.Segments[2 * i].Last : (long)Layout.Segments[(2 * i) + 1].Start + t))];

    /// <summary>Flat index of the last token of each answer, where a reward model scores, [B].</summary>
    public long[] LastTokens => [.. Sequences.Select((_, i) => (long)Layout.Segments[(2 * i) + 1].Last)];

    /// <summary><c>answers</c>, <c>tokens</c> (policy loss) and <c>slots</c> (value loss).</summary>
    public override IReadOnlyDictionary<string, double> Counts => new Dictionary<string, double>
    {
        ["answers"] = Sequences.Count,
        ["tokens"] = Sequences.Sum(s => s.Tokens),
        ["slots"] = Sequences.Sum(s => s.Slots),
    };
}
