namespace MedicalGpt.Training;

/// <summary>An encoded row, or why there is none.</summary>
public sealed record EncodeResult
{
    private EncodeResult(EncodedExample? example, string? dropReason, RowCut? cut)
    {
        Example = example;
        DropReason = dropReason;
        Cut = cut;
    }

    /// <summary>The encoded row; null when it is dropped.</summary>
    public EncodedExample? Example { get; }

    /// <summary>Why the row is dropped, a short phrase that is counted and reported; null when it is kept.</summary>
    public string? DropReason { get; }

    /// <summary>By which rule tokens were cut off; null when none were.</summary>
    public RowCut? Cut { get; }

    /// <summary>True when tokens were cut off.</summary>
    public bool Truncated => Cut is not null;

    /// <summary>Keeps a row.</summary>
    /// <param name="example">The encoded row.</param>
    /// <param name="truncated">True when its end was cut off.</param>
    /// <returns>The result.</returns>
    public static EncodeResult Keep(EncodedExample example, bool truncated = false) => new(example, null, truncated ? RowCut.AtTheLimit : null);

    /// <summary>Keeps a row that may have lost tokens.</summary>
    /// <param name="example">The encoded row.</param>
    /// <param name="cut">By which rule; null = it is whole.</param>
    /// <returns>The result.</returns>
    public static EncodeResult Keep(EncodedExample example, RowCut? cut) => new(example, null, cut);

    /// <summary>Drops a row.</summary>
    /// <param name="reason">Why, for example "prompt longer than max_source_length".</param>
    /// <returns>The result.</returns>
    public static EncodeResult Drop(string reason) => new(null, reason, null);
}
