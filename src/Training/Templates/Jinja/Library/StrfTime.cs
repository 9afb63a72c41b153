using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python's <c>strftime</c> of the local time now, with English names.</summary>
internal static class StrfTime
{
    /// <summary>The time in a format.</summary>
    public static string Format(string format, RenderContext context)
    {
        context.Meter.Make(format.Length * 8L);
        var now = context.Time.GetLocalNow();
        var output = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                output.Append(format[i]);
                continue;
            }

            var bare = format[i + 1] == '-' && i + 2 < format.Length;
            i += bare ? 2 : 1;
            var part = Part(format[i], now);
            output.Append(bare ? part.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0" : part);
        }

        return output.ToString();
    }

    private static string Part(char letter, DateTimeOffset now)
    {
        var pattern = letter switch
        {
            'a' => "ddd",
            'A' => "dddd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'c' => "ddd MMM d HH:mm:ss yyyy",
            'd' => "dd",
            'D' or 'x' => "MM/dd/yy",
            'f' => "ffffff",
            'F' => "yyyy-MM-dd",
            'H' => "HH",
            'I' => "hh",
            'm' => "MM",
            'M' => "mm",
            'p' => "tt",
            'S' => "ss",
            'T' or 'X' => "HH:mm:ss",
            'R' => "HH:mm",
            'y' => "yy",
            'Y' => "yyyy",
            _ => null,
        };
        if (pattern is not null)
            return now.ToString(pattern.Length == 1 ? "%" + pattern : pattern, CultureInfo.InvariantCulture);
        return letter switch
        {
            'e' => now.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'j' => now.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            'w' => ((int)now.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'u' => (((int)now.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
            'n' => "\n",
            't' => "\t",
            'z' or 'Z' => "",
            '%' => "%",
            _ => "%" + letter,
        };
    }
}
