namespace MedicalGpt.Training.Tokenization;

/// <summary>A range of UTF-16 units of a text.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">One past the last unit.</param>
public readonly record struct TextRange(int Start, int End)
{
    /// <summary>Number of units.</summary>
    public int Length => End - Start;
}
