namespace MedicalGpt.Training;

/// <summary>A run of tokens that see each other causally and, with a parent, also everything the parent sees.</summary>
/// <param name="Ids">Token ids, at least one.</param>
public sealed record Segment(int[] Ids)
{
    /// <summary>Index (in the same row, smaller than this one's) of the segment that this one continues; null = starts at position 0.</summary>
    public int? Parent { get; init; }

    /// <summary>True = this token is a target (its log-probability is read); same length as <see cref="Ids"/>; null = none is. The first token of a segment without parent is never a target.</summary>
    public bool[]? Learned { get; init; }

    /// <summary>A segment whose every token is a target.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="parent">Index of the segment it continues.</param>
    /// <returns>The segment.</returns>
    public static Segment AllLearned(int[] ids, int? parent = null)
    {
        var learned = new bool[ids.Length];
        Array.Fill(learned, true);
        return new Segment(ids) { Parent = parent, Learned = learned };
    }
}
