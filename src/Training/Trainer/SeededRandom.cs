using System.Security.Cryptography;
using System.Text;

namespace MedicalGpt.Training;

/// <summary>Random sources that depend only on what they are for, so that a resumed run draws the same.</summary>
internal static class SeededRandom
{
    /// <summary>A source for a seed, a moment and a purpose.</summary>
    public static Random For(int seed, int moment, string purpose) => new((int)(Number(seed, moment, purpose) & 0x7FFFFFFF));

    /// <summary>A 63-bit number for a seed, a moment and a purpose.</summary>
    public static long Number(int seed, int moment, string purpose)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{moment}/{purpose}")));
        return BitConverter.ToInt64(hash) & long.MaxValue;
    }

    /// <summary>The order of rows in an epoch: 0 … count-1, shuffled (Fisher-Yates) or as they are.</summary>
    public static int[] Order(int seed, int epoch, int count, bool shuffle)
    {
        var order = Enumerable.Range(0, count).ToArray();
        if (shuffle)
            For(seed, epoch, "epoch order").Shuffle(order);
        return order;
    }
}
