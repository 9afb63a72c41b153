namespace MedicalGpt.Torch;

/// <summary>Conversions between numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The value as a double.</summary>
    public static double ToDouble(this Scalar value) => value.AsDouble();

    /// <summary>The value as a float.</summary>
    public static float ToSingle(this Scalar value) => (float)value.AsDouble();

    /// <summary>The value as a 64-bit integer (fractions are cut).</summary>
    public static long ToInt64(this Scalar value) => value.AsInt64();

    /// <summary>The value as a 32-bit integer.</summary>
    public static int ToInt32(this Scalar value) => checked((int)value.AsInt64());

    /// <summary>True where the value is not 0.</summary>
    public static bool ToBoolean(this Scalar value) => value.AsDouble() != 0;

    /// <summary>A scalar of a double.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>A scalar of a float.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>A scalar of an integer.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>A scalar of an integer.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>A scalar of a truth value.</summary>
    public static Scalar ToScalar(this bool value) => value;
}
