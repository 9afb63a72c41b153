namespace MedicalGpt.Datasets.Medical.Randomness;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine and .NET version.</summary>
internal sealed class SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>The generator of one named stream of a seed; streams do not disturb each other.</summary>
    public static SplitMix64 Stream(int seed, string name)
    {
        // FNV-1a over the UTF-16 units, then mixed with the seed.
        var hash = 14695981039346656037UL;
        foreach (var unit in name)
            hash = (hash ^ unit) * 1099511628211UL;
        var mixed = new SplitMix64(hash ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL));
        return new SplitMix64(mixed.Next());
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, <paramref name="bound"/>); the bias of one part in 2^64 / bound is far below what matters here.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Fisher-Yates.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
