namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>Finds places in a text.</summary>
internal interface IPattern
{
    /// <summary>Adds the matches, in order and without overlap, as ranges of UTF-16 units.</summary>
    void Find(ReadOnlySpan<char> text, List<TextRange> matches);
}
