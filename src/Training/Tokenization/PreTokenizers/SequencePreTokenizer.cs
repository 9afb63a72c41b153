namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>One pre-tokenizer after the other; none = the text is one word.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<IPreTokenizer> parts) : IPreTokenizer
{
    public void Apply(PreTokenizedText text)
    {
        foreach (var part in parts)
            part.Apply(text);
    }
}
