using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Sums and hashes over all values of a column, as the expected files have them.</summary>
internal static class ColumnCheck
{
    /// <summary>The first difference, or null.</summary>
    public static string? Difference(string column, JsonElement expected, IReadOnlyList<JsonElement> values)
    {
        foreach (var check in expected.EnumerateObject())
        {
            var read = check.Name switch
            {
                "sum" => Sum(values).ToString(CultureInfo.InvariantCulture),
                "count_finite" => Finite(values).Count().ToString(CultureInfo.InvariantCulture),
                "sha256_of_0_or_1_then_utf8_per_value" => $"\"{Hash(values)}\"",
                "fsum_finite" => Near(Sum(Finite(values)), check.Value.GetDouble(), Finite(values).Sum(Math.Abs)) ? check.Value.GetRawText() : "another sum",
                _ => throw new InvalidOperationException($"unknown check {check.Name}"),
            };
            if (read != check.Value.GetRawText())
                return $"{column}: {check.Name} is {read}, expected {check.Value}";
        }

        return null;
    }

    private static Int128 Sum(IEnumerable<JsonElement> values) =>
        values.Where(value => value.ValueKind == JsonValueKind.Number).Aggregate((Int128)0, (sum, value) => sum + (value.TryGetInt64(out var number) ? number : value.GetUInt64()));

    /// <summary>Neumaier's sum: what each addition loses is added at the end.</summary>
    private static double Sum(IEnumerable<double> values)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    private static IEnumerable<double> Finite(IEnumerable<JsonElement> values) => values.Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetDouble());

    private static bool Near(double sum, double expected, double magnitude) => Math.Abs(sum - expected) <= 1e-12 * magnitude;

    private static string Hash(IEnumerable<JsonElement> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in values)
        {
            var text = value.ValueKind == JsonValueKind.Null ? null : value.GetString();
            hash.AppendData([(byte)(text is null ? 0 : 1)]);
            hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
