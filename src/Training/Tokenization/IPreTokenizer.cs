namespace MedicalGpt.Training.Tokenization;

/// <summary>Cuts text into words; tokens never cross them.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts the words of a text further.</summary>
    void Apply(PreTokenizedText text);
}
