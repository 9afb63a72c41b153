using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>A micro-batch of answers; answers of one prompt that stand together share one computation of it.</summary>
public sealed class GrpoBatch : MicroBatch
{
    /// <summary>Lays answers out.</summary>
    /// <param name="samples">Answers, those of a group together.</param>
    public GrpoBatch(IReadOnlyList<GrpoSample> samples)
    {
        Samples = samples;
        var rows = new List<IReadOnlyList<Segment>>();
        for (var i = 0; i < samples.Count;)
        {
            var row = new List<Segment> { new(samples[i].Rollout.PromptIds) };
            var group = samples[i].Group;
            for (; i < samples.Count && samples[i].Group == group; i++)
                row.Add(Segment.AllLearned(samples[i].Rollout.CompletionIds, 0));
            rows.Add(row);
        }

        Layout = SequenceLayout.Create(rows);
    }

    /// <summary>Answers, B.</summary>
    public IReadOnlyList<GrpoSample> Samples { get; }

    /// <summary>All answers; targets are their tokens, answer after answer, [M].</summary>
    public SequenceLayout Layout { get; }

    /// <summary>Answer of each target, [M].</summary>
    public long[] Owners => [.. Samples.SelectMany((s, i) => Enumerable.Repeat((long)i, s.Length))];

    /// <summary>1 = learned, [M].</summary>
    public float[] Mask => [.. Samples.SelectMany(s => Enumerable.Repeat(s.Learned ? 1f : 0f, s.Length))];

    /// <summary><c>answers</c>, and <c>tokens</c> that are learned.</summary>
    public override IReadOnlyDictionary<string, double> Counts => new Dictionary<string, double>
    {
        ["answers"] = Samples.Count,
        ["tokens"] = Samples.Where(s => s.Learned).Sum(s => s.Length),
    };
}
