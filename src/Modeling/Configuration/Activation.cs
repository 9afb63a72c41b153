namespace MedicalGpt.Modeling;

/// <summary>Nonlinearity of the gated MLP.</summary>
public enum Activation
{
    /// <summary>x · σ(x).</summary>
    Silu,

    /// <summary>x · Φ(x), the exact form.</summary>
    Gelu,

    /// <summary>x · Φ(x) with Φ approximated by tanh (Gemma).</summary>
    GeluTanh,
}
