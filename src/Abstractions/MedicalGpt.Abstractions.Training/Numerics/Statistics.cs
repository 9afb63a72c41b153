namespace MedicalGpt.Training.Numerics;

/// <summary>Mean, spread and whitening of plain numbers; NaN entries ("no value") are left out.</summary>
public static class Statistics
{
    /// <summary>Mean of the numbers that are not NaN; NaN when there are none.</summary>
    /// <param name="values">Numbers.</param>
    /// <returns>The mean.</returns>
    public static double Mean(IEnumerable<double> values)
    {
        var (count, mean, _) = Moments(values);
        return count > 0 ? mean : double.NaN;
    }

    /// <summary>Unbiased variance (divisor n − 1) of the numbers that are not NaN; NaN for fewer than two.</summary>
    /// <param name="values">Numbers.</param>
    /// <returns>The variance.</returns>
    public static double Variance(IEnumerable<double> values)
    {
        var (count, _, squares) = Moments(values);
        return count > 1 ? squares / (count - 1) : double.NaN;
    }

    /// <summary>Unbiased standard deviation; NaN for fewer than two numbers.</summary>
    /// <param name="values">Numbers.</param>
    /// <returns>The standard deviation.</returns>
    public static double StandardDeviation(IEnumerable<double> values) => Math.Sqrt(Variance(values));

    /// <summary>Whitens ragged rows together: (x − μ) / √(σ² + 1e-8), σ² unbiased over all entries.</summary>
    /// <param name="rows">Rows of numbers.</param>
    /// <param name="shiftMean">False keeps the mean: only the scale changes.</param>
    /// <returns>New rows of the same lengths; unchanged when there are fewer than two numbers.</returns>
    public static double[][] Whiten(IReadOnlyList<double[]> rows, bool shiftMean = true)
    {
        var all = rows.SelectMany(r => r).ToArray();
        if (all.Length < 2)
            return [.. rows.Select(r => r.ToArray())];
        var mean = Mean(all);
        var scale = 1 / Math.Sqrt(Variance(all) + 1e-8);
        return [.. rows.Select(r => r.Select(x => ((x - mean) * scale) + (shiftMean ? 0 : mean)).ToArray())];
    }

    private static (int Count, double Mean, double Squares) Moments(IEnumerable<double> values)
    {
        var count = 0;
        var mean = 0.0;
        var squares = 0.0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            count++;
            var delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
        }

        return (count, mean, squares);
    }
}
