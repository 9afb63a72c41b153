using System.Numerics;

namespace MedicalGpt.Training.DataChecks;

/// <summary>
/// MinHash signatures (Broder, "On the resemblance and containment of documents", 1997): the share of equal entries of two signatures estimates the Jaccard similarity of the sets of five-character pieces of two texts.
/// </summary>
internal static class MinHasher
{
    /// <summary>Entries of a signature.</summary>
    public const int Entries = 96;

    /// <summary>Texts with fewer pieces are too short to be told apart by pieces.</summary>
    public const int FewestPieces = 24;

    private const int PieceLength = 5;
    private const uint Base = 0x01000193;
    private static readonly uint[] Factors = Numbers(0x9E3779B9), Offsets = Numbers(0x85EBCA6B);

    /// <summary>The signature of a normalised text; null when it is too short.</summary>
    public static uint[]? Of(string text)
    {
        if (text.Length < FewestPieces + PieceLength - 1)
            return null;
        var signature = new uint[Entries];
        Array.Fill(signature, uint.MaxValue);
        var dropped = 1u;
        for (var i = 1; i < PieceLength; i++)
            dropped *= Base;
        var rolling = 0u;
        for (var i = 0; i < text.Length; i++)
        {
            if (i >= PieceLength)
                rolling -= text[i - PieceLength] * dropped;
            rolling = (rolling * Base) + text[i];
            if (i >= PieceLength - 1)
                Lower(signature, Mix(rolling));
        }

        return signature;
    }

    /// <summary>Estimates the Jaccard similarity of two texts, in [0, 1].</summary>
    public static double Similarity(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        var same = 0;
        for (var i = 0; i < Entries; i++)
            same += a[i] == b[i] ? 1 : 0;
        return same / (double)Entries;
    }

    private static void Lower(uint[] signature, uint piece)
    {
        var pieces = new Vector<uint>(piece);
        for (var i = 0; i < Entries; i += Vector<uint>.Count)
        {
            var value = ((pieces ^ new Vector<uint>(Offsets, i)) * new Vector<uint>(Factors, i)) + new Vector<uint>(Offsets, i);
            Vector.Min(value, new Vector<uint>(signature, i)).CopyTo(signature, i);
        }
    }

    private static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x85EBCA6B;
        value = (value ^ (value >> 13)) * 0xC2B2AE35;
        return value ^ (value >> 16);
    }

    private static uint[] Numbers(uint seed)
    {
        var numbers = new uint[Entries];
        for (var i = 0; i < Entries; i++)
            numbers[i] = Mix(seed += 0x9E3779B9) | 1;
        return numbers;
    }
}
