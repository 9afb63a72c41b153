using System.Numerics;
using System.Text.Json.Nodes;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Lengths of rows: their distribution in buckets a quarter of a power of two wide, so that any number of rows takes the same memory.</summary>
public sealed class LengthStatistics
{
    private const int PerDoubling = 4;
    private readonly long[] buckets = new long[32 * PerDoubling];

    /// <summary>Rows.</summary>
    public long Count { get; private set; }

    /// <summary>Sum of their lengths.</summary>
    public long Sum { get; private set; }

    /// <summary>The shortest.</summary>
    public int Shortest { get; private set; }

    /// <summary>The longest.</summary>
    public int Longest { get; private set; }

    /// <summary>Takes a row.</summary>
    /// <param name="length">Its length.</param>
    public void Add(int length)
    {
        Shortest = Count == 0 ? length : Math.Min(Shortest, length);
        Longest = Math.Max(Longest, length);
        Count++;
        Sum += length;
        buckets[Bucket(length)]++;
    }

    /// <summary>A length that this share of the rows does not exceed, up to the width of a bucket (19 %).</summary>
    /// <param name="share">For example 0.5 for the median.</param>
    public int Quantile(double share)
    {
        var (left, bucket) = ((long)Math.Ceiling(share * Count), 0);
        for (; bucket < buckets.Length - 1 && (left -= buckets[bucket]) > 0; bucket++)
            continue;
        return Math.Clamp(UpTo(bucket), Shortest, Longest);
    }

    /// <summary>Rows by powers of two: up to 16, 32, 64 …</summary>
    /// <returns>Upper bounds and numbers of rows, from the first to the last that has rows.</returns>
    public IReadOnlyList<LengthBar> Histogram()
    {
        var rows = new SortedDictionary<int, long>();
        for (var bucket = 0; bucket < buckets.Length; bucket++)
            if (buckets[bucket] > 0)
                rows[Doubling(UpTo(bucket))] = rows.GetValueOrDefault(Doubling(UpTo(bucket))) + buckets[bucket];
        return rows.Count == 0 ? [] : [.. Enumerable.Range(0, BitOperations.Log2((uint)(rows.Keys.Last() / rows.Keys.First())) + 1).Select(i => rows.Keys.First() << i).Select(bound => new LengthBar(bound, rows.GetValueOrDefault(bound)))];
    }

    /// <summary>The lengths for programs.</summary>
    /// <returns>JSON.</returns>
    public JsonObject ToJson() => new()
    {
        ["sum"] = Sum,
        ["shortest"] = Shortest,
        ["mean"] = Count == 0 ? 0 : Math.Round(Sum / (double)Count, 1),
        ["median"] = Quantile(0.5),
        ["p95"] = Quantile(0.95),
        ["p99"] = Quantile(0.99),
        ["longest"] = Longest,
        ["histogram"] = new JsonArray([.. Histogram().Select(bar => (JsonNode)new JsonObject { ["up_to"] = bar.UpTo, ["rows"] = bar.Rows })]),
    };

    private static int Bucket(int length) => length < 2 ? 0 : Math.Clamp((int)Math.Ceiling(Math.Log2(length) * PerDoubling - 1e-9), 0, (32 * PerDoubling) - 1);

    private static int UpTo(int bucket) => (int)Math.Min(int.MaxValue, Math.Floor(Math.Pow(2, bucket / (double)PerDoubling) + 1e-6));

    private static int Doubling(int length) => Math.Max(16, length > 1 << 29 ? 1 << 30 : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, length)));
}
