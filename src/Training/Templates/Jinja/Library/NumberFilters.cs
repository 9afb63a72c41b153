using System.Globalization;
using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Filters that give numbers.</summary>
internal static class NumberFilters
{
    /// <summary>An argument that must be a whole number.</summary>
    public static int Index(Value value) => Numbers.Index(Arithmetic.Used(value)) ?? throw JinjaException.Type($"'{value.TypeName}' object cannot be interpreted as an integer");

    /// <summary><c>int</c>.</summary>
    public static Value Int(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("int", 0, "default", "base");
        var fallback = bound[0] ?? new IntValue(BigInteger.Zero);
        return Arithmetic.Used(value) switch
        {
            StringValue text => Parse(text.Text, bound[1] is null ? 10 : Index(bound[1]!)) ?? fallback,
            FloatValue number => double.IsFinite(number.Number) ? new IntValue(new BigInteger(Math.Truncate(number.Number))) : fallback,
            _ => Numbers.Of(value) ?? fallback,
        };
    }

    /// <summary><c>float</c>.</summary>
    public static Value Float(Value value, CallArguments arguments, RenderContext context)
    {
        var fallback = arguments.Bind("float", 0, "default")[0] ?? new FloatValue(0);
        if (Arithmetic.Used(value) is StringValue text)
            return Real(text.Text) is { } real ? new FloatValue(real) : fallback;
        return Numbers.Of(value) is { } number ? new FloatValue(Numbers.Real(number)) : fallback;
    }

    /// <summary><c>round</c>.</summary>
    public static Value Round(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("round", 0, "precision", "method");
        var digits = bound[0] is null ? 0 : Math.Clamp(Index(bound[0]!), -300, 300);
        var number = Numbers.Of(Arithmetic.Used(value)) is { } given ? Numbers.Real(given) : throw JinjaException.Type($"type {value.TypeName} doesn't define __round__ method");
        var method = bound[1] is StringValue text ? text.Text : "common";
        if (method == "common" && Numbers.Of(value) is IntValue whole)
            return digits >= 0 ? whole : new IntValue(Whole(whole.Number, BigInteger.Pow(10, -digits)));
        var scale = Math.Pow(10, digits);
        return new FloatValue(method switch
        {
            "common" => Nearest(number, digits, scale),
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            _ => throw new JinjaException("FilterArgumentError", "method must be common, ceil or floor"),
        });
    }

    // To a multiple, half to even.
    private static BigInteger Whole(BigInteger number, BigInteger unit)
    {
        var (quotient, remainder) = Numbers.DivMod(number, unit);
        var half = (remainder * 2).CompareTo(unit);
        return (half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient) * unit;
    }

    // Half to even on the exact decimal value, as Python rounds.
    private static double Nearest(double number, int digits, double scale)
    {
        if (digits is >= 0 and <= 15)
            return double.IsFinite(number) ? double.Parse(number.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var text && digits == 0 ? Math.Round(number).ToString(CultureInfo.InvariantCulture) : text, CultureInfo.InvariantCulture) : number;
        return digits > 15 ? number : Math.Round(number * scale) / scale;
    }

    private static IntValue? Parse(string text, int radix)
    {
        text = text.Trim().Replace("_", "", StringComparison.Ordinal);
        if (text.Length > 4300)
            throw JinjaException.Limit("a whole number has more than 4,300 digits");
        if (radix == 10)
            return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new IntValue(number)
                : Real(text) is { } real && double.IsFinite(real) ? new IntValue(new BigInteger(Math.Truncate(real))) : null;
        var prefix = radix switch { 16 => "0x", 8 => "0o", 2 => "0b", _ => "" };
        if (prefix.Length > 0 && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            text = text[2..];
        var value = BigInteger.Zero;
        foreach (var digit in text.ToLowerInvariant())
        {
            var code = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiLetter(digit) ? digit - 'a' + 10 : 99;
            if (code >= radix)
                return null;
            value = (value * radix) + code;
        }

        return text.Length == 0 ? null : new IntValue(value);
    }

    private static double? Real(string text) => text.Trim().ToLowerInvariant() switch
    {
        "nan" => double.NaN,
        "inf" or "infinity" or "+inf" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        var trimmed => double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}
