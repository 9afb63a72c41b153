using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>A rule that stretches rotary wavelengths, so that a model reads longer sequences than it was first trained on.</summary>
public abstract record RopeScaling
{
    /// <summary><c>rope_type</c> in <c>config.json</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Angles per position step of every rotated pair.</summary>
    /// <param name="theta">Base of the wavelengths.</param>
    /// <param name="rotary">Elements of a head that are rotated, r.</param>
    /// <param name="length">Length of the sequence.</param>
    /// <returns>[r / 2].</returns>
    public abstract double[] Frequencies(double theta, int rotary, long length);

    /// <summary>Cosines and sines are multiplied by this.</summary>
    public virtual double AttentionFactor => 1.0;

    /// <summary>Sequences with the same value here have the same frequencies; 0 for all where the length does not matter.</summary>
    /// <param name="length">Length of a sequence.</param>
    /// <returns>The longest-equal length.</returns>
    public virtual long LengthClass(long length) => 0;

    /// <summary>True when frequencies depend on the length of the sequence.</summary>
    public virtual bool DependsOnLength => false;

    /// <summary>Longest sequence the scaled model reads.</summary>
    /// <param name="maxPositions"><c>max_position_embeddings</c>.</param>
    /// <returns>That or more.</returns>
    public virtual int Reach(int maxPositions) => maxPositions;

    /// <summary>What is wrong with the numbers.</summary>
    /// <param name="rotary">Elements of a head that are rotated.</param>
    /// <returns>Faults; empty when there are none.</returns>
    internal abstract IEnumerable<string> Faults(int rotary);

    /// <summary>Its keys in <c>rope_parameters</c>.</summary>
    internal abstract JsonObject ToJson();

    /// <summary>Unscaled frequencies, θ^(-2i/r).</summary>
    internal static double[] Plain(double theta, int rotary)
    {
        var frequencies = new double[rotary / 2];
        for (var i = 0; i < frequencies.Length; i++)
            frequencies[i] = Math.Pow(theta, -2.0 * i / rotary);
        return frequencies;
    }

    private protected static IEnumerable<string> Length(int original) => original >= 1 ? [] : [$"rope scaling: original_max_position_embeddings {original} is not 1 or more"];

    private protected static IEnumerable<string> AtLeastOne(string name, double value) => value >= 1 && double.IsFinite(value) ? [] : [$"rope scaling: {name} {value} is not 1 or more"];

    private protected static int Times(int positions, double factor) => (int)Math.Min(positions * Math.Max(factor, 1), 1 << 24);
}
