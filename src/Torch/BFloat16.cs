namespace MedicalGpt.Torch;

/// <summary>A bfloat16 number: the upper 16 bits of a single-precision one.</summary>
/// <param name="value">The bits.</param>
public readonly struct BFloat16(ushort value) : IEquatable<BFloat16>
{
    private readonly ushort bits = value;

    /// <summary>Exact conversion.</summary>
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.bits << 16);

    /// <summary>Rounds to the nearest bfloat16, half to even.</summary>
    public static explicit operator BFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return new BFloat16(0x7FC0);
        return new BFloat16((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>True where both have the same bits.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => left.bits == right.bits;

    /// <summary>True where the bits differ.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => left.bits != right.bits;

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => bits == other.bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => bits;

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
