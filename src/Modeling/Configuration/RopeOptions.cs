namespace MedicalGpt.Modeling;

/// <summary>Rotary position embedding (Su et al. 2021, arXiv:2104.09864).</summary>
/// <param name="Theta">Base of the geometric series of wavelengths.</param>
public sealed record RopeOptions(double Theta = 10000.0)
{
    /// <summary>Angles per position step of every rotated pair, [headDimension / 2].</summary>
    /// <param name="headDimension">Width of a head.</param>
    /// <returns>θ^(-2i/d).</returns>
    public double[] InverseFrequencies(int headDimension)
    {
        var frequencies = new double[headDimension / 2];
        for (var i = 0; i < frequencies.Length; i++)
            frequencies[i] = Math.Pow(Theta, -2.0 * i / headDimension);
        return frequencies;
    }
}
