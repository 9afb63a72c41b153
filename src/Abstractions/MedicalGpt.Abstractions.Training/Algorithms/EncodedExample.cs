using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>A row as token segments (see <see cref="SequenceLayout"/>); algorithms derive from it to carry more.</summary>
/// <param name="Segments">Segments of one row, parents first.</param>
public record EncodedExample(IReadOnlyList<Segment> Segments)
{
    /// <summary>The row it came from. Encoded rows lie on disk while a run learns, and keep of it what rewards and messages need: prompts whole, other rows as a <see cref="RowReference"/>.</summary>
    public required Example Source { get; init; }

    /// <summary>Tokens in all.</summary>
    public int TokenCount => Segments.Sum(s => s.Ids.Length);

    /// <summary>Tokens that are learned.</summary>
    public int LearnedCount => Segments.Sum(s => s.Learned?.Count(l => l) ?? 0);
}
