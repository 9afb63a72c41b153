namespace MedicalGpt.Modeling;

/// <summary>A segment and the flat ranges it sees.</summary>
/// <param name="Start">Flat index of its first token.</param>
/// <param name="Own">Its length.</param>
/// <param name="KeyRuns">Ranges of its ancestors, oldest first, then its own.</param>
/// <param name="KeyCount">Tokens in those ranges.</param>
internal sealed record SegmentSpan(int Start, int Own, (int Start, int Length)[] KeyRuns, int KeyCount)
{
    /// <summary>Query-key pairs.</summary>
    public long Area => (long)Own * KeyCount;
}
