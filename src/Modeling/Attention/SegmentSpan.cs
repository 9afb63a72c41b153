namespace MedicalGpt.Modeling;

/// <summary>A segment, or a block of one, and the flat ranges it sees.</summary>
/// <param name="Start">Flat index of its first token.</param>
/// <param name="Own">Its length.</param>
/// <param name="KeyRuns">Ranges of the tokens before it that it sees, oldest first, then its own.</param>
/// <param name="KeyCount">Tokens in those ranges.</param>
internal sealed record SegmentSpan(int Start, int Own, (int Start, int Length)[] KeyRuns, int KeyCount)
{
    /// <summary>Query-key pairs.</summary>
    public long Area => (long)Own * KeyCount;

    /// <summary>True when it sees nothing but itself.</summary>
    public bool IsAlone => KeyCount == Own;

    /// <summary>Spans of a segment.</summary>
    /// <param name="runs">Ranges of its ancestors, oldest first, then its own.</param>
    /// <param name="window">How many tokens a token sees, itself included; null = all before it.</param>
    /// <returns>One span; with a window that is shorter than the segment, blocks, so that no block sees many more keys than its tokens do.</returns>
    public static IEnumerable<SegmentSpan> Of((int Start, int Length)[] runs, int? window)
    {
        var own = runs[^1];
        var before = runs.Sum(r => r.Length) - own.Length;
        if (window is not { } width || before + own.Length <= width)
        {
            yield return new SegmentSpan(own.Start, own.Length, runs, before + own.Length);
            yield break;
        }

        // A block of b tokens computes b + width - 1 keys a token: a quarter more than it sees, or 63 where the window is small.
        var block = Math.Max(64, width / 4);
        for (var at = 0; at < own.Length; at += block)
        {
            var length = Math.Min(block, own.Length - at);
            var first = Math.Max(0, before + at - width + 1);
            yield return new SegmentSpan(own.Start + at, length, [.. Cut(runs, first, before + at + length)], before + at + length - first);
        }
    }

    // The part of runs from one position to before another.
    private static IEnumerable<(int Start, int Length)> Cut((int Start, int Length)[] runs, int from, int to)
    {
        var position = 0;
        foreach (var (start, length) in runs)
        {
            var (low, high) = (Math.Max(from, position), Math.Min(to, position + length));
            if (low < high)
                yield return (start + low - position, high - low);
            position += length;
        }
    }
}
