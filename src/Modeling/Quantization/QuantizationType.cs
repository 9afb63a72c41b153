namespace MedicalGpt.Modeling;

/// <summary>Formats of few bits for frozen matrices, as bitsandbytes has them.</summary>
public enum QuantizationType
{
    /// <summary>4-bit NormalFloat: the quantiles of a normal distribution (Dettmers et al. 2023, arXiv:2305.14314).</summary>
    Nf4,

    /// <summary>4-bit floating point: sign, two bits of exponent, one of mantissa.</summary>
    Fp4,

    /// <summary>8-bit integers with one scale per row (LLM.int8, Dettmers et al. 2022, arXiv:2208.07339).</summary>
    Int8,
}
