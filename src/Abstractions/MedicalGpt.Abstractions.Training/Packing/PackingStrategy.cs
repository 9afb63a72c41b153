namespace MedicalGpt.Training.Packing;

/// <summary>How short rows share a row. Whatever the strategy, documents in a row do not see each other and positions restart.</summary>
public enum PackingStrategy
{
    /// <summary>Best-fit decreasing over groups of <see cref="RowPacking.GroupSize"/> rows; a row that is too long is cut at its end.</summary>
    Bfd,

    /// <summary>The same, but a row that is too long is split into pieces, and none of it is lost.</summary>
    BfdSplit,

    /// <summary>Rows are filled in order and a document is cut wherever a row ends; only the last row is shorter.</summary>
    Wrapped,
}
