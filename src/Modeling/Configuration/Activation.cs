namespace MedicalGpt.Modeling;

/// <summary>Nonlinearity of the gated MLP.</summary>
public enum Activation
{
    /// <summary>x · σ(x).</summary>
    Silu,
}
