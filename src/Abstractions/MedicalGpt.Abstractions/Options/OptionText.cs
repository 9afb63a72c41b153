using System.Globalization;

namespace MedicalGpt.Options;

/// <summary>Reading and writing of option values as text, independent of culture.</summary>
public static class OptionText
{
    /// <summary>Reads true/false, yes/no, on/off or 1/0 in any case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    public static bool TryBoolean(string text, out bool value)
    {
        var lower = text.ToLowerInvariant();
        value = lower is "true" or "1" or "yes" or "on";
        return value || lower is "false" or "0" or "no" or "off";
    }

    /// <summary>Reads a whole number of 32 bits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    public static bool TryInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a whole number of 64 bits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    public static bool TryLong(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number such as <c>1e-5</c>, <c>.5</c> or <c>inf</c>; never NaN.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value.</param>
    public static bool TryNumber(string text, out double value)
    {
        switch (text.ToLowerInvariant())
        {
            case "inf" or "+inf" or "infinity":
                value = double.PositiveInfinity;
                return true;
            case "-inf" or "-infinity":
                value = double.NegativeInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
                    && double.IsFinite(value);
        }
    }

    /// <summary>Any text is a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The same text.</param>
    public static bool TryText(string text, out string value)
    {
        value = text;
        return true;
    }

    /// <summary>Writes a number in its shortest exact form: <c>0.1</c>, <c>5e-6</c>, <c>inf</c>.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : text[..exponent] + "e" + int.Parse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What an option accepts, as a phrase: <c>a number &gt;= 0 and &lt;= 10</c>.</summary>
    /// <param name="option">The option.</param>
    public static string Allowed(OptionDescriptor option)
    {
        var values = option.AllowedValues.Count > 0 ? "one of " + string.Join(", ", option.AllowedValues) : null;
        var kind = option.Type switch
        {
            OptionType.Boolean => "true or false",
            OptionType.Integer or OptionType.Long => "a whole number",
            OptionType.Number => "a number",
            OptionType.TextList => values is null ? "a list of texts" : "a list, each " + values,
            OptionType.NumberList => "a list of numbers",
            OptionType.IntegerList => "a list of whole numbers",
            OptionType.Map => "name=text",
            _ => option.MustExist switch
            {
                PathKind.File => "an existing file",
                PathKind.Directory => "an existing folder",
                PathKind.Any => "an existing file or folder",
                _ => values ?? "a text",
            },
        };
        var range = Range(option);
        return kind + (range is null ? "" : (option.IsList ? ", each " : " ") + range)
            + (option.AllowInfinity ? ", or inf" : "") + (option.Nullable ? ", or none" : "");
    }

    /// <summary>An option's range as a phrase: <c>&gt; 0 and &lt;= 1</c>; null where it has none.</summary>
    /// <param name="option">The option.</param>
    public static string? Range(OptionDescriptor option)
    {
        var min = option.Min is { } low ? (option.MinExclusive ? "> " : ">= ") + Number(low) : null;
        var max = option.Max is { } high ? (option.MaxExclusive ? "< " : "<= ") + Number(high) : null;
        return min is null ? max : max is null ? min : min + " and " + max;
    }
}
