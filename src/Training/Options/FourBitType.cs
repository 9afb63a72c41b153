namespace MedicalGpt.Training;

/// <summary>Formats of a 4-bit base.</summary>
public enum FourBitType
{
    /// <summary>4-bit NormalFloat (arXiv 2305.14314).</summary>
    Nf4,

    /// <summary>4-bit floating point.</summary>
    Fp4,
}
