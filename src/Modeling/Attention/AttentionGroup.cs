using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Segments of similar shape that are attended in one batch of matrix products; shorter ones are padded inside the group only.</summary>
/// <param name="Count">Segments, G.</param>
/// <param name="Own">Longest segment, S.</param>
/// <param name="Keys">Most keys a segment sees, K.</param>
/// <param name="QueryStart">Flat index of the first query when the group's queries stand together unpadded; -1 otherwise.</param>
/// <param name="KeyStart">Flat index of the first key when the group's keys stand together unpadded; -1 otherwise.</param>
/// <param name="Hidden">True = not seen, bool [G or 1, 1, S, K].</param>
internal sealed record AttentionGroup(int Count, int Own, int Keys, long QueryStart, long KeyStart, Tensor Hidden)
{
    /// <summary>Flat index of each query, padding 0, [G · S]; null when <see cref="QueryStart"/> is given.</summary>
    public Tensor? QueryIndex { get; private init; }

    /// <summary>Like <see cref="QueryIndex"/> with padding N (a row that is thrown away).</summary>
    public Tensor? ResultIndex { get; private init; }

    /// <summary>Flat index of each key, ancestors first, padding 0, [G · K]; null when <see cref="KeyStart"/> is given.</summary>
    public Tensor? KeyIndex { get; private init; }

    /// <summary>The tensors that are not null.</summary>
    public IEnumerable<Tensor> Tensors => new[] { Hidden, QueryIndex, ResultIndex, KeyIndex }.OfType<Tensor>();

    /// <summary>Places a group on a device.</summary>
    /// <param name="members">Its segments.</param>
    /// <param name="tokens">N.</param>
    /// <param name="device">Where.</param>
    /// <param name="window">How many tokens a token sees, itself included; null = all before it.</param>
    /// <returns>The group.</returns>
    public static AttentionGroup Create(IReadOnlyList<SegmentSpan> members, int tokens, Device device, int? window)
    {
        var own = members.Max(m => m.Own);
        var keys = members.Max(m => m.KeyCount);
        var consecutive = members.All(m => m.Own == own) && members.Zip(members.Skip(1)).All(p => p.Second.Start == p.First.Start + own);
        var together = consecutive && members.All(m => m.IsAlone);
        var ancestors = members.Select(m => (long)(m.KeyCount - m.Own)).ToArray();
        if (ancestors.All(a => a == ancestors[0]))
            ancestors = [ancestors[0]];
        var last = tensor(ancestors).view([-1, 1, 1, 1]).add(arange(own, ScalarType.Int64).view([1, 1, own, 1]));
        var places = arange(keys, ScalarType.Int64).view([1, 1, 1, keys]);
        var hidden = places.gt(last);
        // Queries that pad the group lie beyond the last key; they must see some key, too.
        if (window is { } width)
            hidden = hidden.logical_or(places.le(last.clamp(max: keys - 1).sub(width)));
        return new AttentionGroup(members.Count, own, keys, consecutive ? members[0].Start : -1, together ? members[0].Start : -1, hidden.to(device))
        {
            QueryIndex = consecutive ? null : tensor(QueryIndices(members, own, 0)).to(device),
            ResultIndex = consecutive ? null : tensor(QueryIndices(members, own, tokens)).to(device),
            KeyIndex = together ? null : tensor(KeyIndices(members, keys)).to(device),
        };
    }

    /// <summary>The same group with other handles of its tensors.</summary>
    /// <param name="tensors">In the order of <see cref="Tensors"/>; those used are cut off.</param>
    /// <returns>The group.</returns>
    public AttentionGroup Take(ref ReadOnlySpan<Tensor> tensors)
    {
        var hidden = Next(ref tensors);
        return this with
        {
            Hidden = hidden,
            QueryIndex = QueryIndex is null ? null : Next(ref tensors),
            ResultIndex = ResultIndex is null ? null : Next(ref tensors),
            KeyIndex = KeyIndex is null ? null : Next(ref tensors),
        };
    }

    private static Tensor Next(ref ReadOnlySpan<Tensor> tensors)
    {
        var first = tensors[0];
        tensors = tensors[1..];
        return first;
    }

    private static long[] QueryIndices(IReadOnlyList<SegmentSpan> members, int own, long padding)
    {
        var index = new long[members.Count * own];
        Array.Fill(index, padding);
        for (var m = 0; m < members.Count; m++)
        {
            for (var t = 0; t < members[m].Own; t++)
                index[m * own + t] = members[m].Start + t;
        }

        return index;
    }

    private static long[] KeyIndices(IReadOnlyList<SegmentSpan> members, int keys)
    {
        var index = new long[members.Count * keys];
        for (var m = 0; m < members.Count; m++)
        {
            var at = m * keys;
            foreach (var (start, length) in members[m].KeyRuns)
            {
                for (var t = 0; t < length; t++)
                    index[at++] = start + t;
            }
        }

        return index;
    }
}
