namespace MedicalGpt.Training;

/// <summary>Rows after encoding, with what was lost on the way. They may lie on disk; disposing closes the file.</summary>
/// <param name="examples">Rows to train on, packed where the algorithm packs.</param>
/// <param name="summary">What happened to the rows.</param>
public sealed class EncodedRows(IReadOnlyList<EncodedExample> examples, RowSummary summary) : IDisposable
{
    /// <summary>Rows to train on, packed where the algorithm packs.</summary>
    public IReadOnlyList<EncodedExample> Examples { get; } = examples;

    /// <summary>What happened to the rows.</summary>
    public RowSummary Summary { get; } = summary;

    /// <summary>True when they came from the cache.</summary>
    public bool FromCache { get; init; }

    /// <summary>Rows that lost tokens to a length limit.</summary>
    public int Truncated => Summary.Cuts.Values.Sum();

    /// <inheritdoc/>
    public void Dispose() => (Examples as IDisposable)?.Dispose();

    /// <inheritdoc/>
    public override string ToString()
    {
        var packed = Summary.Kept == Examples.Count ? "" : FormattableString.Invariant($" packed into {Examples.Count:N0}");
        var text = FormattableString.Invariant($"{Summary.Kept:N0} of {Summary.Given:N0} rows{packed}, {Summary.Tokens:N0} tokens");
        if (Summary.Learned > 0)
            text += FormattableString.Invariant($" ({Summary.Learned:N0} learned)");
        foreach (var (rule, count) in Summary.Cuts)
            text += FormattableString.Invariant($"; {count:N0}: {rule}");
        foreach (var (reason, count) in Summary.Dropped)
            text += FormattableString.Invariant($"; {count:N0} dropped: {reason}");
        return FromCache ? text + "; from the cache" : text;
    }
}
