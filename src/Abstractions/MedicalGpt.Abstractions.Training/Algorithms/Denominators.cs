namespace MedicalGpt.Training;

/// <summary>Counts summed over all micro-batches of an update (and all ranks), so that results do not depend on how the update is cut.</summary>
/// <param name="counts">Sums by name.</param>
public sealed class Denominators(IReadOnlyDictionary<string, double> counts)
{
    /// <summary>A sum; at least 1, so that an update without targets gives loss 0 rather than NaN.</summary>
    /// <param name="name">Name of the count.</param>
    /// <returns>The sum.</returns>
    public double this[string name] => counts.TryGetValue(name, out var value)
        ? Math.Max(value, 1.0)
        : throw new ArgumentException($"no micro-batch of this update counts '{name}'; it counts {string.Join(", ", counts.Keys)}");

    /// <summary>Sums the counts of an update.</summary>
    /// <param name="batches">Its micro-batches.</param>
    /// <returns>The sums.</returns>
    public static Denominators Sum(IEnumerable<MicroBatch> batches)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            foreach (var (name, value) in batch.Counts)
                sums[name] = sums.GetValueOrDefault(name) + value;
        }

        return new Denominators(sums);
    }

    /// <summary>Denominators that make the loss of an update the mean of its micro-batches' means (TRL, transformers).</summary>
    /// <param name="batch">One micro-batch.</param>
    /// <param name="microBatches">Number of micro-batches in the update.</param>
    /// <returns>Its own counts times the number of micro-batches.</returns>
    public static Denominators MeanOfMeans(MicroBatch batch, int microBatches) =>
        new(batch.Counts.ToDictionary(c => c.Key, c => c.Value * microBatches, StringComparer.Ordinal));
}
