namespace MedicalGpt.Training;

/// <summary>Named numbers that add up over micro-batches, updates and ranks: means by weight, sums, minima, maxima.</summary>
public sealed class Metrics
{
    private readonly Dictionary<string, (Reduction Kind, double Value, double Weight)> entries = new(StringComparer.Ordinal);

    private enum Reduction
    {
        Mean,
        Sum,
        Min,
        Max,
    }

    /// <summary>The reduced values; a mean without weight is left out.</summary>
    public IReadOnlyDictionary<string, double> Values =>
        entries.Where(e => e.Value.Kind != Reduction.Mean || e.Value.Weight > 0)
            .ToDictionary(e => e.Key, e => e.Value.Kind == Reduction.Mean ? e.Value.Value / e.Value.Weight : e.Value.Value, StringComparer.Ordinal);

    /// <summary>Adds to a mean.</summary>
    /// <param name="name">TRL's metric name.</param>
    /// <param name="sum">Sum of the values.</param>
    /// <param name="weight">How many values (or tokens, pairs …) the sum covers.</param>
    public void AddMean(string name, double sum, double weight) => Add(name, Reduction.Mean, sum, weight);

    /// <summary>Adds to a sum.</summary>
    /// <param name="name">TRL's metric name.</param>
    /// <param name="value">Summand.</param>
    public void AddSum(string name, double value) => Add(name, Reduction.Sum, value, 1);

    /// <summary>Takes the smaller.</summary>
    /// <param name="name">TRL's metric name.</param>
    /// <param name="value">Candidate.</param>
    public void AddMin(string name, double value) => Add(name, Reduction.Min, value, 1);

    /// <summary>Takes the larger.</summary>
    /// <param name="name">TRL's metric name.</param>
    /// <param name="value">Candidate.</param>
    public void AddMax(string name, double value) => Add(name, Reduction.Max, value, 1);

    /// <summary>Adds everything of another bag.</summary>
    /// <param name="other">The other bag.</param>
    public void Merge(Metrics other)
    {
        foreach (var (name, entry) in other.entries)
            Add(name, entry.Kind, entry.Value, entry.Weight);
    }

    private void Add(string name, Reduction kind, double value, double weight)
    {
        if (!entries.TryGetValue(name, out var old))
        {
            entries[name] = (kind, value, weight);
            return;
        }

        entries[name] = kind switch
        {
            Reduction.Min => (kind, Math.Min(old.Value, value), 1),
            Reduction.Max => (kind, Math.Max(old.Value, value), 1),
            _ => (kind, old.Value + value, old.Weight + weight),
        };
    }
}
