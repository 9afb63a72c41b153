namespace MedicalGpt.Modeling;

/// <summary>Uniform numbers addressed by (seed, step, sample, token): SplitMix64 (Steele et al. 2014) chained over the four.</summary>
internal static class SampleRandom
{
    public static double Uniform(long seed, long step, long sample, long token)
    {
        var state = Mix(Mix(Mix(Mix((ulong)seed) ^ (ulong)step) ^ (ulong)sample) ^ (ulong)token);
        return (state >> 11) * (1.0 / (1L << 53));
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
