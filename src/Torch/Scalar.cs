using System.Globalization;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

/// <summary>A number given to an operator: integer, floating point or bool. Numbers convert implicitly.</summary>
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly Value value;

    private Scalar(Value value) => this.value = value;

    /// <summary>Int64, Float64 or Bool.</summary>
    public torch.ScalarType Type => value.Tag switch
    {
        ValueTag.Integer => torch.ScalarType.Int64,
        ValueTag.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new(Interop.Value.Of((long)value));

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(Interop.Value.Of(value));

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(float value) => new(Interop.Value.Of((double)value));

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(double value) => new(Interop.Value.Of(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(Interop.Value.Of(value));

    /// <summary>True where both are the same.</summary>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>True where they differ.</summary>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Scalar other) => value.Tag == other.value.Tag && value.Integer == other.value.Integer;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(value.Tag, value.Integer);

    /// <inheritdoc/>
    public override string ToString() => value.Tag == ValueTag.Real ? value.Real.ToString("R", CultureInfo.InvariantCulture) : value.Tag == ValueTag.Boolean ? (value.Integer != 0 ? "true" : "false") : value.Integer.ToString(CultureInfo.InvariantCulture);

    internal static Scalar From(Value value) => new(value);

    // A default Scalar is the integer 0.
    internal Value ToValue() => value.Tag == ValueTag.None ? Interop.Value.Of(0L) : value;

    internal double AsDouble() => value.Tag == ValueTag.Real ? value.Real : value.Integer;

    internal long AsInt64() => value.Tag == ValueTag.Real ? (long)value.Real : value.Integer;
}
