using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>
/// LongRoPE, also called su: one searched factor per pair, another set for sequences longer than those of the first training (Ding et al. 2024, arXiv:2402.13753).
/// transformers switches by the longest sequence of a batch; here it is the sequence's own length.
/// </summary>
/// <param name="ShortFactors">Divisors up to the original length, [r / 2].</param>
/// <param name="LongFactors">Divisors beyond it, [r / 2].</param>
/// <param name="OriginalLength">Length of the first training.</param>
/// <param name="Factor">By how much sequences may be longer.</param>
public sealed record LongRopeScaling(IReadOnlyList<double> ShortFactors, IReadOnlyList<double> LongFactors, int OriginalLength, double Factor) : RopeScaling
{
    /// <summary>The attention factor itself; null = √(1 + ln factor / ln original length).</summary>
    public double? GivenAttentionFactor { get; init; }

    /// <inheritdoc/>
    public override string Type => "longrope";

    /// <inheritdoc/>
    public override bool DependsOnLength => true;

    /// <inheritdoc/>
    public override double AttentionFactor => GivenAttentionFactor ?? (Factor <= 1 ? 1 : Math.Sqrt(1 + Math.Log(Factor) / Math.Log(OriginalLength)));

    /// <inheritdoc/>
    public override long LengthClass(long length) => length > OriginalLength ? OriginalLength + 1 : 0;

    /// <inheritdoc/>
    public override double[] Frequencies(double theta, int rotary, long length)
    {
        var factors = length > OriginalLength ? LongFactors : ShortFactors;
        return [.. Plain(theta, rotary).Select((f, i) => f / factors[i])];
    }

    /// <inheritdoc/>
    public bool Equals(LongRopeScaling? other) => other is not null && OriginalLength == other.OriginalLength && Factor == other.Factor
        && GivenAttentionFactor == other.GivenAttentionFactor && ShortFactors.SequenceEqual(other.ShortFactors) && LongFactors.SequenceEqual(other.LongFactors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OriginalLength, Factor, ShortFactors.Count);

    internal override IEnumerable<string> Faults(int rotary)
    {
        foreach (var (name, factors) in new[] { ("short_factor", ShortFactors), ("long_factor", LongFactors) })
        {
            if (factors.Count != rotary / 2)
                yield return $"rope scaling: {name} has {factors.Count} numbers, needed are {rotary / 2} (half of the rotated part of a head)";
            if (factors.Any(f => !(f > 0 && double.IsFinite(f))))
                yield return $"rope scaling: {name} has a number that is not above 0";
        }

        if (OriginalLength < 2)
            yield return $"rope scaling: original_max_position_embeddings {OriginalLength} is not 2 or more";
        if (!(Factor > 0 && double.IsFinite(Factor)))
            yield return $"rope scaling: factor {Factor} is not above 0";
    }

    internal override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["short_factor"] = new JsonArray([.. ShortFactors.Select(f => (JsonNode)f)]),
            ["long_factor"] = new JsonArray([.. LongFactors.Select(f => (JsonNode)f)]),
            ["original_max_position_embeddings"] = OriginalLength,
            ["factor"] = Factor,
        };
        if (GivenAttentionFactor is { } given)
            json["attention_factor"] = given;
        return json;
    }
}
