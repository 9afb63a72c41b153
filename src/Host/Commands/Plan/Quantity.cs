using System.Globalization;

namespace MedicalGpt.Host.Commands.Plan;

/// <summary>Numbers with units as people write them: 12GiB, 24 GB, 150TFLOP/s.</summary>
internal static class Quantity
{
    private static readonly (string Name, double Factor)[] Prefixes =
        [("Ki", 1024), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15)];

    /// <summary>Bytes; a bare number is refused, for nobody means bytes by it.</summary>
    /// <param name="flag">The flag, for errors.</param>
    /// <param name="text">For example <c>12GiB</c>.</param>
    /// <exception cref="MedicalGptException">It is not understood.</exception>
    public static double Bytes(string flag, string text) => Read(flag, text, ["B", ""], "a number above 0 with a unit: GiB or GB, MiB or MB, for example 12GiB", "12GiB");

    /// <summary>Operations per second.</summary>
    /// <param name="flag">The flag, for errors.</param>
    /// <param name="text">For example <c>150TFLOP/s</c>.</param>
    public static double Rate(string flag, string text) => Read(flag, text, ["FLOP/s", "FLOPS", "FLOPs", "F"], "a number above 0 with a unit: GFLOP/s or TFLOP/s, for example 150TFLOP/s", "150TFLOP/s");

    /// <summary>Bytes in GB with two digits, below 100 MB in MB.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Gigabytes(double bytes) => bytes < 1e8 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");

    private static double Read(string flag, string text, string[] units, string allowed, string example)
    {
        var rest = text.Trim();
        var length = rest.TakeWhile(c => char.IsAsciiDigit(c) || c is '.').Count();
        if (double.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            var digits = rest[..length];
            rest = rest[length..].Trim();
            if (rest.Length == 0)
                throw new MedicalGptException("The quantity has no unit.") { Place = flag, Given = text, Allowed = allowed, Remedy = $"write the unit behind the number: {flag} {digits}{example.TrimStart([.. "0123456789"])}" };
            foreach (var unit in units.Where(unit => rest.EndsWith(unit, StringComparison.OrdinalIgnoreCase)))
            {
                var prefix = rest[..^unit.Length];
                var factor = prefix.Length == 0 ? 1 : Prefixes.FirstOrDefault(known => known.Name.Equals(prefix, StringComparison.OrdinalIgnoreCase)).Factor;
                if (factor > 0)
                    return number * factor;
            }
        }

        throw new MedicalGptException("The quantity is not understood.") { Place = flag, Given = text, Allowed = allowed };
    }
}
