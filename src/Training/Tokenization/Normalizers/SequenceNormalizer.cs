namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>One normaliser after the other; none = the text stays as it is.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<INormalizer> parts) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text)
    {
        foreach (var part in parts)
            text = part.Normalize(text);
        return text;
    }
}
