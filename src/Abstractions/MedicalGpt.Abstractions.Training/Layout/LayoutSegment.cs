namespace MedicalGpt.Training;

/// <summary>A segment's place in the flat token list of a <see cref="SequenceLayout"/>.</summary>
/// <param name="Row">Row of the batch.</param>
/// <param name="Start">Index of its first token in the flat list.</param>
/// <param name="Length">Number of its tokens.</param>
/// <param name="Parent">Index (in the layout) of the segment it continues, or -1.</param>
/// <param name="PositionStart">Position of its first token: the number of its ancestors' tokens.</param>
public readonly record struct LayoutSegment(int Row, int Start, int Length, int Parent, int PositionStart)
{
    /// <summary>Index of its last token in the flat list.</summary>
    public int Last => Start + Length - 1;
}
