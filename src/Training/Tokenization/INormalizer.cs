namespace MedicalGpt.Training.Tokenization;

/// <summary>Rewrites text before it is split into words.</summary>
internal interface INormalizer
{
    /// <summary>Normalises a text and remembers where each character came from.</summary>
    NormalizedText Normalize(NormalizedText text);
}
