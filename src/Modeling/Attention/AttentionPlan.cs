using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// How a layout's segments are attended: in groups of similar shape, so that many short segments do not cost a chain of dispatches each,
/// while padding inside a group adds at most a quarter (and a small constant) to the sum of own × (own + ancestors).
/// Shared by all layers.
/// </summary>
internal sealed class AttentionPlan
{
    private const double PaddingAllowed = 1.25;
    private const long PaddingFree = 4096;

    // Pairs of a group of several spans; bounds the scores that exist at once (heads · 16 MB).
    private const long LargestGroup = 1 << 22;

    private AttentionPlan(AttentionGroup[] groups, int tokens)
    {
        Groups = groups;
        TokenCount = tokens;
    }

    public IReadOnlyList<AttentionGroup> Groups { get; }

    /// <summary>N.</summary>
    public int TokenCount { get; }

    public IReadOnlyList<Tensor> Tensors => [.. Groups.SelectMany(g => g.Tensors)];

    /// <summary>Query-key pairs that are computed, padding included.</summary>
    public long Area => Groups.Sum(g => (long)g.Count * g.Own * g.Keys);

    /// <summary>Plans a batch.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="device">Where index tensors go.</param>
    /// <param name="window">How many tokens a token sees, itself included; null = all before it.</param>
    /// <returns>The plan.</returns>
    public static AttentionPlan Create(SequenceLayout layout, Device device, int? window = null)
    {
        var open = new List<(List<SegmentSpan> Members, int Own, int Keys, long Area)>();
        foreach (var span in Spans(layout, window).OrderByDescending(s => s.Own).ThenByDescending(s => s.KeyCount))
        {
            var joined = false;
            for (var i = 0; i < open.Count && !joined; i++)
            {
                var (members, own, keys, area) = open[i];
                keys = Math.Max(keys, span.KeyCount);
                area += span.Area;
                var pairs = (long)(members.Count + 1) * own * keys;
                joined = pairs <= PaddingAllowed * area + PaddingFree && pairs <= LargestGroup;
                if (!joined)
                    continue;
                members.Add(span);
                open[i] = (members, own, keys, area);
            }

            if (!joined)
                open.Add(([span], span.Own, span.KeyCount, span.Area));
        }

        return new AttentionPlan([.. open.Select(g => AttentionGroup.Create([.. g.Members.OrderBy(m => m.Start)], layout.TokenCount, device, window))], layout.TokenCount);
    }

    /// <summary>The same plan with other handles of its tensors, which are cut off.</summary>
    public AttentionPlan With(ref ReadOnlySpan<Tensor> tensors)
    {
        var groups = new AttentionGroup[Groups.Count];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = Groups[i].Take(ref tensors);
        return new AttentionPlan(groups, TokenCount);
    }

    private static IEnumerable<SegmentSpan> Spans(SequenceLayout layout, int? window)
    {
        foreach (var segment in layout.Segments)
        {
            var runs = new List<(int, int)>();
            for (var at = segment; ; at = layout.Segments[at.Parent])
            {
                runs.Add((at.Start, at.Length));
                if (at.Parent < 0)
                    break;
            }

            runs.Reverse();
            foreach (var span in SegmentSpan.Of([.. runs], window))
                yield return span;
        }
    }
}
