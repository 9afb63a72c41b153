using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MedicalGpt.Training.DataChecks;

/// <summary>
/// Finds texts that are nearly the same by locality-sensitive hashing of MinHash signatures: 16 bands of 6 entries, so that texts of similarity 0.8 meet with a chance of 0.99, of 0.5 with 0.22; those that meet are compared by their whole signatures.
/// The time of a look-up does not grow with the number of texts: of a band that many share only the newest ones are compared.
/// </summary>
/// <param name="most">Most texts that are kept; further ones are not added. A text takes about 0.7 KB.</param>
/// <param name="threshold">Least similarity.</param>
internal sealed class NearDuplicateIndex(int most, double threshold)
{
    private const int Bands = 16, BandEntries = MinHasher.Entries / Bands, Compared = 32;
    private readonly Dictionary<ulong, int>[] newest = [.. Enumerable.Range(0, Bands).Select(_ => new Dictionary<ulong, int>())];
    private readonly List<uint[]> signatures = [];
    private readonly List<int[]> older = [];

    /// <summary>Texts that are kept.</summary>
    public int Count => signatures.Count;

    /// <summary>True when a text was not added for want of room.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds a text.</summary>
    /// <returns>Its number, from 0; -1 when there is no room.</returns>
    public int Add(uint[] signature)
    {
        if (signatures.Count == most)
        {
            IsFull = true;
            return -1;
        }

        var number = signatures.Count;
        var before = new int[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var key = Key(signature, band);
            before[band] = newest[band].GetValueOrDefault(key, -1);
            newest[band][key] = number;
        }

        signatures.Add(signature);
        older.Add(before);
        return number;
    }

    /// <summary>The most similar text of those that meet.</summary>
    /// <returns>Its number and similarity; -1 when none is similar enough.</returns>
    public (int Number, double Similarity) Nearest(uint[] signature)
    {
        var (best, similarity) = (-1, threshold);
        for (var band = 0; band < Bands; band++)
        {
            var number = newest[band].GetValueOrDefault(Key(signature, band), -1);
            for (var i = 0; number >= 0 && i < Compared; i++, number = older[number][band])
                if (MinHasher.Similarity(signature, signatures[number]) is var value && value >= similarity && (value > similarity || best < 0))
                    (best, similarity) = (number, value);
        }

        return (best, best < 0 ? 0 : similarity);
    }

    private static ulong Key(uint[] signature, int band) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(signature.AsSpan(band * BandEntries, BandEntries)));
}
