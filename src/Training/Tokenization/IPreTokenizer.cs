namespace MedicalGpt.Training.Tokenization;

/// <summary>Cuts text into words; tokens never cross them.</summary>
internal interface IPreTokenizer
{
    /// <summary>Adds the words of a text, in order.</summary>
    void Split(ReadOnlySpan<char> text, List<TextRange> words);
}
