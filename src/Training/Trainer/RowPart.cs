using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Training;

/// <summary>A part of a stream of rows.</summary>
internal sealed class RowPart
{
    private readonly HeldOutSplit? split;
    private readonly bool isHeldOut;

    /// <summary>A side of a split.</summary>
    /// <param name="split">The split; null = all rows.</param>
    /// <param name="isHeldOut">Which side.</param>
    /// <param name="most">Most rows of it.</param>
    public RowPart(HeldOutSplit? split, bool isHeldOut, int most) => (this.split, this.isHeldOut, Most) = (split, isHeldOut, most);

    /// <summary>Most rows of it.</summary>
    public int Most { get; }

    /// <summary>Names the part among those that the same rows may be cut into.</summary>
    public string Name => split is null ? "all" : FormattableString.Invariant($"{(isHeldOut ? "held-out" : "training")} {split.Percentage:R}");

    /// <summary>The first rows.</summary>
    /// <param name="most">Most rows.</param>
    public static RowPart First(int most) => new(null, false, most);

    /// <summary>The rows of the part in order. What is held out is given once: rows that are repeated, so that more is learned from them, are not measured more often.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<Example> Of(IAsyncEnumerable<Example> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (given, heldOut, seen) = (0, 0, new HashSet<ulong>());
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var holds = split is not null && split.Holds(row);
            if (holds == isHeldOut && (!holds || seen.Add(RowHash.Content(row))))
            {
                yield return row;
                if (++given == Most)
                    yield break;
            }

            if (isHeldOut && holds && ++heldOut == split!.Rows)
                yield break;
        }
    }
}
