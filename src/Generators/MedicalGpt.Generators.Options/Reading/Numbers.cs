using System.Globalization;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Constants as the texts that users type.</summary>
internal static class Numbers
{
    public static string Text(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : text.Substring(0, exponent) + "e" + int.Parse(text.Substring(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Text of a constant; null where it is none of ours.</summary>
    public static string? Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => text,
        double number => Text(number),
        float number => Text(number),
        sbyte or byte or short or ushort or int or uint or long or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    public static double Parse(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>A range as a phrase: &gt;= 0 and &lt;= 10.</summary>
    public static string Range(double? min, double? max, bool minExclusive, bool maxExclusive)
    {
        var low = min is { } from ? (minExclusive ? "> " : ">= ") + Text(from) : null;
        var high = max is { } to ? (maxExclusive ? "< " : "<= ") + Text(to) : null;
        return low is null ? high ?? "" : high is null ? low : low + " and " + high;
    }
}
