namespace MedicalGpt.Modeling;

/// <summary>Rotary position embedding (Su et al. 2021, arXiv:2104.09864).</summary>
/// <param name="Theta">Base of the geometric series of wavelengths.</param>
public sealed record RopeOptions(double Theta = 10000.0)
{
    /// <summary>How wavelengths are stretched for long sequences; null = not at all.</summary>
    public RopeScaling? Scaling { get; init; }

    /// <summary>Share of a head that is rotated; the rest of it carries no position.</summary>
    public double PartialFactor { get; init; } = 1.0;

    /// <summary>Elements of a head that are rotated, r: the first ones.</summary>
    /// <param name="headDimension">Width of a head.</param>
    /// <returns>r.</returns>
    public int RotaryDimension(int headDimension) => (int)(headDimension * PartialFactor);

    /// <summary>Angles per position step of every rotated pair, [r / 2].</summary>
    /// <param name="headDimension">Width of a head.</param>
    /// <param name="length">Length of the sequence; matters to some scalings only.</param>
    /// <returns>θ^(-2i/r), scaled.</returns>
    public double[] InverseFrequencies(int headDimension, long length = 0)
    {
        var rotary = RotaryDimension(headDimension);
        return Scaling?.Frequencies(Theta, rotary, length) ?? RopeScaling.Plain(Theta, rotary);
    }
}
