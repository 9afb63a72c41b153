using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Tells rows that repeat earlier ones.</summary>
/// <param name="near">Also those that nearly do.</param>
public sealed class RowRepetition(bool near)
{
    private const int Remembered = 1 << 23, RememberedNear = 1 << 19;
    private readonly DuplicateRowCheck exactly = new(Remembered);
    private readonly NearDuplicateRowCheck? nearly = near ? new(RememberedNear) : null;

    /// <summary>Whether a row repeats an earlier one; it is remembered.</summary>
    /// <param name="row">The row.</param>
    public bool Repeats(Example row)
    {
        var seen = CheckedRow.Of(row, encoder: null);
        exactly.Add(seen);
        if (exactly.LastIsRepeated)
            return true;
        nearly?.Add(seen);
        return nearly is { LastIsRepeated: true };
    }

    /// <summary>A number in [0, 1) that depends on what a row asks (of texts and sequences of token ids on all of it), so that rows that ask the same are on the same side of a split.</summary>
    /// <param name="row">The row.</param>
    public static double Draw(Example row) => (RowHash.Question(row) >> 11) * (1.0 / (1UL << 53));
}
