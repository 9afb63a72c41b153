using System.Globalization;

namespace MedicalGpt.Datasets.Medical.Facts;

/// <summary>
/// Laboratory values with their rating. Values between a table's low, normal and high bands are never asked:
/// laboratories differ in their limits, and every value that is asked has the same rating under all common ones.
/// </summary>
internal static class LabValues
{
    /// <summary>Values taken from each band, spread evenly over it.</summary>
    private const int ValuesPerBand = 5;

    private static readonly Dictionary<string, string> Chinese =
        new() { ["low"] = "偏低", ["normal"] = "正常", ["high"] = "偏高" };

    /// <summary>Facts of all tests in one language.</summary>
    public static IEnumerable<Fact> Facts(Language language) =>
        from row in Table.Read("labs")
        from band in new[] { "low", "normal", "high" }
        from value in Spread(row[band], row["step"])
        let unit = row["unit_" + language.Code]
        select new Fact(
            Kinds.LabRange, language,
            [row["test_" + language.Code], unit.Length == 0 ? value : char.IsAsciiLetter(unit[0]) ? $"{value} {unit}" : value + unit],
            language == Language.Chinese ? Chinese[band] : band, "");

    /// <summary>Up to <see cref="ValuesPerBand"/> multiples of the step between the two ends of a band, both included.</summary>
    private static IEnumerable<string> Spread(string band, string step)
    {
        var ends = band.Split(' ').Select(Number).ToArray();
        var size = Number(step);
        var steps = (int)((ends[1] - ends[0]) / size);
        var count = Math.Min(steps + 1, ValuesPerBand);
        var digits = step.Contains('.', StringComparison.Ordinal) ? step.Length - step.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        for (var i = 0; i < count; i++)
        {
            var value = ends[0] + size * (count == 1 ? 0 : i * steps / (count - 1));
            yield return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
