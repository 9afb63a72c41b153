using System.Globalization;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>
/// Reads a score as the reference library's JSON reader does: digits as one integer, then one multiplication or division by a power of ten. The last bit may differ from the nearest number,
/// and where two ways to cut a word have the same sum that bit decides.
/// </summary>
internal static class ScoreNumber
{
    // Powers up to 1e22 are exact; beyond, the nearest number.
    private static readonly double[] Powers = [.. Enumerable.Range(0, 309).Select(e => double.Parse($"1e{e}", CultureInfo.InvariantCulture))];

    /// <summary>Reads a JSON number.</summary>
    public static double Parse(ReadOnlySpan<char> text)
    {
        var negative = text[0] == '-';
        ulong digits = 0;
        var exponent = 0;
        var fraction = false;
        var full = false;
        var at = negative ? 1 : 0;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'); at++)
        {
            if (text[at] == '.')
            {
                fraction = true;
                continue;
            }

            var digit = (ulong)(text[at] - '0');
            full |= digits > ulong.MaxValue / 10 || (digits == ulong.MaxValue / 10 && digit > ulong.MaxValue % 10);
            if (!full)
                digits = (digits * 10) + digit;
            exponent += (full ? 1 : 0) - (fraction ? 1 : 0);
        }

        if (at < text.Length && int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var written))
            exponent = (int)Math.Clamp((long)exponent + written, -100_000, 100_000);
        double value = digits;
        for (; exponent < -308 && value != 0; exponent += 308)
            value /= 1e308;
        value = exponent < 0 ? value / Powers[-exponent] : value * (exponent > 308 ? double.PositiveInfinity : Powers[exponent]);
        return negative ? -value : value;
    }
}
