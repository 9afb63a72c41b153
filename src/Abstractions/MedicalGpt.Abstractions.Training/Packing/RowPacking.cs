namespace MedicalGpt.Training.Packing;

/// <summary>Ways of joining rows into rows of several roots. Roots do not attend to each other and positions restart, so packing changes cost, not results. Memory does not grow with the number of rows.</summary>
public static class RowPacking
{
    /// <summary>Rows that best-fit packing looks at together, as in TRL (the batch of <c>Dataset.map</c>).</summary>
    public const int GroupSize = 1000;

    /// <summary>Packs rows of single-segment documents.</summary>
    /// <param name="rows">Rows of one or more root segments each, in order.</param>
    /// <param name="strategy">How.</param>
    /// <param name="capacity">Most tokens of a packed row.</param>
    /// <returns>Packed rows; each names the first document in it as its source.</returns>
    public static IEnumerable<EncodedExample> Pack(IEnumerable<EncodedExample> rows, PackingStrategy strategy, int capacity) => strategy switch
    {
        PackingStrategy.Wrapped => Fill(rows, capacity),
        PackingStrategy.BfdSplit => Documents(rows).Chunk(GroupSize).SelectMany(group => BestFitDecreasing(group.SelectMany(row => Split(row, capacity)), capacity)),
        _ => Documents(rows).Chunk(GroupSize).SelectMany(group => BestFitDecreasing(group.Select(row => Cut(row, capacity)), capacity)),
    };

    /// <summary>Fills rows of exactly <paramref name="blockSize"/> tokens in order, cutting documents at the border; the last, shorter row is kept.</summary>
    /// <param name="rows">Documents, one or more root segments each.</param>
    /// <param name="blockSize">Tokens per row.</param>
    /// <returns>Packed rows; each names the first document in it as its source.</returns>
    public static IEnumerable<EncodedExample> Fill(IEnumerable<EncodedExample> rows, int blockSize)
    {
        var current = new List<Segment>();
        var room = blockSize;
        EncodedExample? first = null;
        foreach (var row in rows)
        {
            foreach (var document in row.Segments)
            {
                for (var start = 0; start < document.Ids.Length;)
                {
                    first ??= row;
                    var take = Math.Min(room, document.Ids.Length - start);
                    current.Add(Piece(document, start, take));
                    start += take;
                    room -= take;
                    if (room > 0)
                        continue;
                    yield return new EncodedExample([.. current]) { Source = first.Source };
                    current.Clear();
                    (first, room) = (null, blockSize);
                }
            }
        }

        if (current.Count > 0)
            yield return new EncodedExample([.. current]) { Source = first!.Source };
    }

    /// <summary>Best-fit decreasing, as in TRL's <c>bfd</c>: longest row first, each into the fullest bin that still takes it, of equally full ones into the one that has been so for longest; ties keep input order. No row is cut.</summary>
    /// <param name="rows">Rows, each at most <paramref name="capacity"/> tokens; all are looked at together.</param>
    /// <param name="capacity">Most tokens of a packed row.</param>
    /// <returns>Packed rows.</returns>
    public static IReadOnlyList<EncodedExample> BestFitDecreasing(IEnumerable<EncodedExample> rows, int capacity)
    {
        var bins = new List<List<EncodedExample>>();
        var byRoom = new SortedSet<(int Room, int Turn, int Bin)>();
        var turn = 0;
        foreach (var row in rows.OrderByDescending(r => r.TokenCount))
        {
            var length = row.TokenCount;
            var fit = byRoom.GetViewBetween((length, 0, 0), (int.MaxValue, 0, 0)).Min;
            var found = fit.Room >= length && bins.Count > 0;
            var bin = found ? fit.Bin : bins.Count;
            if (found)
                byRoom.Remove(fit);
            else
                bins.Add([]);
            bins[bin].Add(row);
            byRoom.Add(((found ? fit.Room : capacity) - length, turn++, bin));
        }

        return [.. bins.Select(Join)];
    }

    /// <summary>Cuts a segment; the first token of a root is never a target.</summary>
    /// <param name="segment">A root segment.</param>
    /// <param name="start">First token.</param>
    /// <param name="length">Tokens.</param>
    /// <returns>A root segment.</returns>
    public static Segment Piece(Segment segment, int start, int length)
    {
        var learned = segment.Learned?[start..(start + length)];
        if (learned is { Length: > 0 })
            learned[0] = false;
        return new Segment(segment.Ids[start..(start + length)]) { Learned = learned };
    }

    private static IEnumerable<EncodedExample> Documents(IEnumerable<EncodedExample> rows) =>
        rows.SelectMany(row => row.Segments.Count == 1 ? [row] : row.Segments.Select(segment => new EncodedExample([segment]) { Source = row.Source }));

    private static EncodedExample Cut(EncodedExample row, int capacity) =>
        row.TokenCount <= capacity ? row : new EncodedExample([Piece(row.Segments[0], 0, capacity)]) { Source = row.Source };

    private static IEnumerable<EncodedExample> Split(EncodedExample row, int capacity)
    {
        for (var start = 0; start < row.TokenCount; start += capacity)
            yield return start == 0 && row.TokenCount <= capacity ? row : new EncodedExample([Piece(row.Segments[0], start, Math.Min(capacity, row.TokenCount - start))]) { Source = row.Source };
    }

    private static EncodedExample Join(IReadOnlyList<EncodedExample> rows)
    {
        var segments = new List<Segment>();
        foreach (var row in rows)
        {
            var shift = segments.Count;
            segments.AddRange(row.Segments.Select(s => s.Parent is { } parent ? s with { Parent = parent + shift } : s));
        }

        return new EncodedExample(segments) { Source = rows[0].Source };
    }
}
