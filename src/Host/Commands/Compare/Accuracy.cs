namespace MedicalGpt.Host.Commands.Compare;

/// <summary>A mean with its 95 % interval.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">Number of values.</param>
internal sealed record Accuracy(double Mean, double Low, double High, int Count)
{
    // The 97.5 % quantile of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>
    /// Of values that are all 0 or 1 the Wilson score interval (Wilson 1927; Agresti and Coull 1998), which holds for small counts and shares
    /// near 0 or 1 as well; of others the normal interval of the mean.
    /// </summary>
    /// <param name="values">Values.</param>
    /// <returns>Mean and interval; not a number without values.</returns>
    public static Accuracy Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
            return new Accuracy(double.NaN, double.NaN, double.NaN, 0);
        var (mean, n) = (values.Average(), (double)values.Count);
        if (values.All(value => value is 0 or 1))
        {
            var scale = 1 + Z * Z / n;
            var centre = (mean + Z * Z / (2 * n)) / scale;
            var half = Z / scale * Math.Sqrt(mean * (1 - mean) / n + Z * Z / (4 * n * n));
            return new Accuracy(mean, Math.Max(0, centre - half), Math.Min(1, centre + half), values.Count);
        }

        var deviation = values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (n - 1)) : 0;
        return new Accuracy(mean, mean - Z * deviation / Math.Sqrt(n), mean + Z * deviation / Math.Sqrt(n), values.Count);
    }
}
