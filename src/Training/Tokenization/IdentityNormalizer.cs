namespace MedicalGpt.Training.Tokenization;

/// <summary>Leaves text as it is.</summary>
internal sealed class IdentityNormalizer : INormalizer
{
    public NormalizedText Normalize(string text) => new(text, null);
}
