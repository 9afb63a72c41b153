namespace MedicalGpt.Algorithms.Sft;

/// <summary>What is minimised.</summary>
public enum SftLossType
{
    /// <summary>Negative log-likelihood.</summary>
    Nll,

    /// <summary>Dynamic fine-tuning: the negative log-likelihood of a token weighted by its own probability.</summary>
    Dft,
}
