namespace MedicalGpt.Training;

/// <summary>Rows after encoding, with what was lost on the way.</summary>
/// <param name="Examples">Rows to train on, packed where the algorithm packs.</param>
/// <param name="Given">Rows that were given.</param>
/// <param name="Truncated">Kept rows that lost tokens to a length limit.</param>
/// <param name="Dropped">Dropped rows by reason.</param>
public sealed record EncodedRows(IReadOnlyList<EncodedExample> Examples, int Given, int Truncated, IReadOnlyDictionary<string, int> Dropped)
{
    /// <summary>Rows that are kept, before packing.</summary>
    public int Kept { get; init; } = Examples.Count;

    /// <summary>Tokens in all.</summary>
    public long Tokens => Examples.Sum(e => (long)e.TokenCount);

    /// <summary>Tokens that are learned.</summary>
    public long Learned => Examples.Sum(e => (long)e.LearnedCount);

    /// <inheritdoc/>
    public override string ToString()
    {
        var packed = Kept == Examples.Count ? "" : FormattableString.Invariant($" packed into {Examples.Count:N0}");
        var text = FormattableString.Invariant($"{Kept:N0} of {Given:N0} rows{packed}, {Tokens:N0} tokens");
        if (Learned > 0)
            text += FormattableString.Invariant($" ({Learned:N0} learned)");
        if (Truncated > 0)
            text += FormattableString.Invariant($"; {Truncated:N0} cut at the length limit");
        foreach (var (reason, count) in Dropped)
            text += FormattableString.Invariant($"; {count:N0} dropped: {reason}");
        return text;
    }
}
