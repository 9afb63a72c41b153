namespace MedicalGpt.Training;

/// <summary>
/// A batch as rows of token segments, stored flat and without padding. N tokens in all, M targets.
/// One shape covers single sequences, packing (several roots in a row) and shared prompts (a prompt with two or G children).
/// A token sees its own segment up to itself and all of its ancestors.
/// </summary>
public sealed class SequenceLayout
{
    private SequenceLayout(LayoutSegment[] segments, long[] inputIds, long[] positions, long[] targetSources, long[] targetIds, int[] targetSegments, int rows)
    {
        Segments = segments;
        InputIds = inputIds;
        Positions = positions;
        TargetSources = targetSources;
        TargetIds = targetIds;
        TargetSegments = targetSegments;
        RowCount = rows;
    }

    /// <summary>All segments; a parent stands before its children.</summary>
    public IReadOnlyList<LayoutSegment> Segments { get; }

    /// <summary>Token ids, [N].</summary>
    public long[] InputIds { get; }

    /// <summary>Position of every token in its chain of segments, [N].</summary>
    public long[] Positions { get; }

    /// <summary>For every target, the flat index of the token whose hidden state predicts it (for a segment's first token: its parent's last), [M].</summary>
    public long[] TargetSources { get; }

    /// <summary>For every target, its token id, [M].</summary>
    public long[] TargetIds { get; }

    /// <summary>For every target, the segment it belongs to, [M]; targets of a segment stand together, in order.</summary>
    public int[] TargetSegments { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>N, the tokens that enter the model.</summary>
    public int TokenCount => InputIds.Length;

    /// <summary>M, the tokens whose log-probability is read.</summary>
    public int TargetCount => TargetIds.Length;

    /// <summary>Builds the layout of a batch.</summary>
    /// <param name="rows">Rows of segments.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">A segment is empty, its mask has another length, or its parent does not stand before it.</exception>
    public static SequenceLayout Create(IReadOnlyList<IReadOnlyList<Segment>> rows)
    {
        var segments = new List<LayoutSegment>();
        var ids = new List<long>();
        var positions = new List<long>();
        var sources = new List<long>();
        var targets = new List<long>();
        var owners = new List<int>();
        for (var row = 0; row < rows.Count; row++)
        {
            var first = segments.Count;
            for (var index = 0; index < rows[row].Count; index++)
            {
                var segment = rows[row][index];
                Check(segment, row, index);
                var parent = segment.Parent is { } p ? first + p : -1;
                var placed = new LayoutSegment(row, ids.Count, segment.Ids.Length, parent, parent < 0 ? 0 : segments[parent].PositionStart + segments[parent].Length);
                for (var t = 0; t < segment.Ids.Length; t++)
                {
                    if (segment.Learned is { } learned && learned[t] && (t > 0 || parent >= 0))
                    {
                        sources.Add(t > 0 ? placed.Start + t - 1 : segments[parent].Last);
                        targets.Add(segment.Ids[t]);
                        owners.Add(segments.Count);
                    }

                    ids.Add(segment.Ids[t]);
                    positions.Add(placed.PositionStart + t);
                }

                segments.Add(placed);
            }
        }

        return new SequenceLayout([.. segments], [.. ids], [.. positions], [.. sources], [.. targets], [.. owners], rows.Count);
    }

    /// <summary>Builds the layout of a batch whose rows are single sequences.</summary>
    /// <param name="sequences">One segment per row.</param>
    /// <returns>The layout.</returns>
    public static SequenceLayout Create(IReadOnlyList<Segment> sequences) => Create([.. sequences.Select(s => (IReadOnlyList<Segment>)[s])]);

    private static void Check(Segment segment, int row, int index)
    {
        if (segment.Ids.Length == 0)
            throw new ArgumentException($"row {row}, segment {index}: a segment needs at least one token");
        if (segment.Learned is { } learned && learned.Length != segment.Ids.Length)
            throw new ArgumentException($"row {row}, segment {index}: the mask has {learned.Length} entries for {segment.Ids.Length} tokens");
        if (segment.Parent is { } parent && (parent < 0 || parent >= index))
            throw new ArgumentException($"row {row}, segment {index}: parent {parent} does not stand before it");
    }
}
