using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>TRL's metrics of a GRPO micro-batch; token means over learned tokens.</summary>
public static class GrpoMetrics
{
    /// <summary>Measures a micro-batch.</summary>
    /// <param name="batch">The micro-batch.</param>
    /// <param name="terms">Its loss terms.</param>
    /// <param name="read">What the policy read, with entropy.</param>
    /// <param name="options">ε and level.</param>
    /// <returns><c>entropy</c>, <c>kl</c>, <c>clip_ratio/*</c>.</returns>
    public static Metrics Measure(GrpoBatch batch, GrpoTerms terms, TokenReadout read, GrpoOptions options)
    {
        var metrics = new Metrics();
        var mask = batch.Mask;
        AddTokenMean(metrics, "entropy", TensorValues.Floats(read.Entropy!), mask);
        if (terms.Kl is not null)
            AddTokenMean(metrics, "kl", TensorValues.Floats(terms.Kl), mask);
        AddClipping(metrics, batch, TensorValues.Floats(terms.Ratio), options);
        return metrics;
    }

    /// <summary>Low = ratio below 1 − ε with a negative advantage, high = above 1 + ε_high with a positive one: the cases in which clipping stops the gradient.</summary>
    private static void AddClipping(Metrics metrics, GrpoBatch batch, float[] ratios, GrpoOptions options)
    {
        var bySequence = options.ImportanceSamplingLevel == ImportanceSamplingLevel.Sequence;
        var owners = batch.Owners;
        var mask = bySequence ? [.. batch.Samples.Select(_ => 1f)] : batch.Mask;
        float[] low = new float[ratios.Length], high = new float[ratios.Length];
        for (var k = 0; k < ratios.Length; k++)
        {
            var advantage = batch.Samples[bySequence ? k : (int)owners[k]].Advantage;
            low[k] = ratios[k] < 1 - options.Epsilon && advantage < 0 ? 1 : 0;
            high[k] = ratios[k] > 1 + (options.EpsilonHigh ?? options.Epsilon) && advantage > 0 ? 1 : 0;
        }

        AddTokenMean(metrics, "clip_ratio/low_mean", low, mask);
        AddTokenMean(metrics, "clip_ratio/high_mean", high, mask);
        AddTokenMean(metrics, "clip_ratio/region_mean", [.. low.Zip(high, (a, b) => a + b)], mask);

        // The extremes are those of single answers.
        var start = 0;
        foreach (var sample in batch.Samples)
        {
            var own = start..(start += bySequence ? 1 : sample.Length);
            if (!bySequence && !sample.Learned)
                continue;
            metrics.AddMin("clip_ratio/low_min", low[own].Average());
            metrics.AddMax("clip_ratio/high_max", high[own].Average());
        }
    }

    private static void AddTokenMean(Metrics metrics, string name, float[] values, float[] mask) =>
        metrics.AddMean(name, values.Zip(mask, (v, m) => (double)v * m).Sum(), mask.Sum());
}
