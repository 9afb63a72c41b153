using System.Globalization;
using System.Numerics;

namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>Python's numbers.</summary>
internal static class Numbers
{
    private static readonly IntValue One = new(BigInteger.One);
    private static readonly IntValue Zero = new(BigInteger.Zero);

    /// <summary>A number (booleans are 0 and 1); null = the value is none.</summary>
    public static Value? Of(Value value) => value switch
    {
        BoolValue truth => truth.IsTrue ? One : Zero,
        IntValue or FloatValue => value,
        _ => null,
    };

    /// <summary>A number as double.</summary>
    public static double Real(Value number) => number is FloatValue real ? real.Number : (double)((IntValue)number).Number;

    /// <summary>Order of two numbers; null where one is not a number.</summary>
    public static int? Compare(Value x, Value y)
    {
        if (x is IntValue a && y is IntValue b)
            return a.Number.CompareTo(b.Number);
        var (left, right) = (Real(x), Real(y));
        return double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
    }

    /// <summary>A whole number that fits an index.</summary>
    public static int? Index(Value value) => Of(value) is IntValue number
        ? (int)BigInteger.Max(int.MinValue / 2, BigInteger.Min(int.MaxValue / 2, number.Number))
        : null;

    /// <summary>How Python writes a double.</summary>
    public static string Repr(double number)
    {
        if (double.IsNaN(number))
            return "nan";
        if (double.IsInfinity(number))
            return number > 0 ? "inf" : "-inf";
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = number == 0 ? 0 : Exponent(shortest.TrimStart('-'));
        var negative = shortest.StartsWith('-');
        var digits = Digits(shortest);
        string body;
        if (exponent is >= -4 and < 16)
        {
            body = exponent < 0 ? "0." + new string('0', -exponent - 1) + digits
                : digits.Length <= exponent + 1 ? digits + new string('0', exponent + 1 - digits.Length) + ".0"
                : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
        }
        else
        {
            body = digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        }

        return negative ? "-" + body : body;
    }

    /// <summary>Floor division of whole numbers, as Python rounds it.</summary>
    public static (BigInteger Quotient, BigInteger Remainder) DivMod(BigInteger x, BigInteger y)
    {
        if (y.IsZero)
            throw new JinjaException("ZeroDivisionError", "division by zero");
        var quotient = BigInteger.DivRem(x, y, out var remainder);
        return !remainder.IsZero && remainder.Sign != y.Sign ? (quotient - 1, remainder + y) : (quotient, remainder);
    }

    // The power of ten of the first significant digit.
    private static int Exponent(string shortest)
    {
        var at = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = at < 0 ? shortest : shortest[..at];
        var power = at < 0 ? 0 : int.Parse(shortest[(at + 1)..], CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var found ? found : mantissa.Length;
        var first = mantissa.AsSpan().IndexOfAnyInRange('1', '9');
        return power + (first < point ? point - first - 1 : point - first);
    }

    // Significant digits without sign, point, exponent and outer zeros.
    private static string Digits(string shortest)
    {
        var end = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = (end < 0 ? shortest : shortest[..end]).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return mantissa.Length == 0 ? "0" : mantissa;
    }
}
