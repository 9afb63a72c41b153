namespace MedicalGpt.Training.Packing;

/// <summary>Ways of joining single-segment rows into rows of several roots. Roots do not attend to each other and positions restart, so packing changes cost, not results.</summary>
public static class RowPacking
{
    /// <summary>Fills rows of exactly <paramref name="blockSize"/> tokens in order, cutting documents at the border; the last, shorter row is kept.</summary>
    /// <param name="rows">Documents, one or more root segments each.</param>
    /// <param name="blockSize">Tokens per row.</param>
    /// <returns>Packed rows; each names the first document in it as its source.</returns>
    public static IReadOnlyList<EncodedExample> Fill(IReadOnlyList<EncodedExample> rows, int blockSize)
    {
        var packed = new List<EncodedExample>();
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
                    if (room == 0)
                        Close();
                }
            }
        }

        if (current.Count > 0)
            Close();
        return packed;

        void Close()
        {
            packed.Add(new EncodedExample([.. current]) { Source = first!.Source });
            current.Clear();
            first = null;
            room = blockSize;
        }
    }

    /// <summary>Best-fit decreasing, as in TRL's <c>bfd</c>: longest row first, each into the fullest bin that still takes it, of equally full ones into the one that has been so for longest; ties keep input order. No row is cut.</summary>
    /// <param name="rows">Rows, each at most <paramref name="capacity"/> tokens.</param>
    /// <param name="capacity">Most tokens of a packed row.</param>
    /// <returns>Packed rows.</returns>
    public static IReadOnlyList<EncodedExample> BestFitDecreasing(IReadOnlyList<EncodedExample> rows, int capacity)
    {
        var bins = new List<List<EncodedExample>>();
        var byRoom = new SortedSet<(int Room, int Turn, int Bin)>();
        var turn = 0;
        foreach (var row in rows.OrderByDescending(r => r.TokenCount))
        {
            var length = row.TokenCount;
            var fit = byRoom.GetViewBetween((length, 0, 0), (int.MaxValue, 0, 0)).Min;
            var found = fit.Room >= length;
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
        if (learned is not null)
            learned[0] = false;
        return new Segment(segment.Ids[start..(start + length)]) { Learned = learned };
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
