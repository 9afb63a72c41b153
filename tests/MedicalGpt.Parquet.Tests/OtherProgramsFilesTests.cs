using System.Text.Json;
using System.Text.RegularExpressions;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.Parquet.Tests;

/// <summary>Files of other programs' test suites against what pyarrow reads from them.</summary>
public sealed partial class OtherProgramsFilesTests
{
    private const string Folder = "data/parquet";

    /// <summary>Where reading differs from pyarrow on purpose: what this reader says.</summary>
    private static readonly Dictionary<string, string?> Refused = new()
    {
        // pyarrow does not look at checksums unless asked.
        ["apache-parquet-testing/datapage_v1-corrupt-checksum.parquet"] = "checksum",
        ["apache-parquet-testing/rle-dict-uncompressed-corrupt-checksum.parquet"] = "checksum",
    };

    /// <summary>pyarrow wraps times before 1677 and after 2262 around; see <see cref="Times_of_12_bytes"/>.</summary>
    private const string FarTimes = "apache-parquet-testing/int96_from_spark.parquet";

    [SharedFact(Folder)]
    public async Task Values_are_those_that_pyarrow_reads()
    {
        List<string> failures = [];
        var files = 0;
        foreach (var expected in Expected())
        {
            var name = expected.GetProperty("file").GetString()!;
            if (expected.TryGetProperty("read_error", out _) || expected.TryGetProperty("footer_error", out _) || Refused.ContainsKey(name) || name == FarTimes)
                continue;
            files++;
            try
            {
                if (Difference(expected, await Rows.ReadAsync(PathOf(name))) is { } difference)
                    failures.Add($"{name}: {difference}");
            }
            catch (Exception e)
            {
                failures.Add($"{name}: {(e as MedicalGptException)?.ToBlock() ?? e.ToString()}");
            }
        }

        failures.ShouldBeEmpty();
        files.ShouldBe(182);
    }

    /// <summary>What pyarrow refuses: an error that names the place, or (null) what this reader makes of it, checked below.</summary>
    private static readonly Dictionary<string, string?> Damaged = new()
    {
        ["apache-parquet-testing/bad_data/ARROW-GH-41317.parquet"] = "row group 1, row 1, column timestamp_us_no_tz, page at byte 3015",
        ["apache-parquet-testing/bad_data/ARROW-GH-41321.parquet"] = "254 is no bit width",
        ["apache-parquet-testing/bad_data/ARROW-GH-45185.parquet"] = "a value continues a row that has ended",
        ["apache-parquet-testing/bad_data/ARROW-GH-47662.parquet"] = "it has fewer values than its head says",
        ["apache-parquet-testing/bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet"] = "missing or negative",
        ["apache-parquet-testing/bad_data/ARROW-RS-GH-6229-LEVELS.parquet"] = "the bytes end in the middle of a value",
        ["apache-parquet-testing/bad_data/PARQUET-1481.parquet"] = "there is no physical type -7",
        ["apache-parquet-testing/large_string_map.brotli.parquet"] = "cannot become",
        ["apache-parquet-testing/incorrect_map_schema.parquet"] = null,
        ["hyparquet/incorrect_map_schema.parquet"] = null,
    };

    [SharedFact(Folder)]
    public async Task Damaged_files_give_an_error_with_its_place()
    {
        List<string> failures = [];
        foreach (var (name, message) in Refused.Concat(Damaged.Where(file => file.Value is not null)))
        {
            var error = await Rows.FailAsync(PathOf(name));
            if (!error.ToBlock().Contains(message!))
                failures.Add($"{name}: {error.ToBlock()}");
        }

        failures.ShouldBeEmpty();
        Expected().Where(file => file.TryGetProperty("read_error", out _) || file.TryGetProperty("footer_error", out _)).Select(file => file.GetProperty("file").GetString()).Order().ShouldBe(Damaged.Keys.Order());
    }

    /// <summary>The values that the program in the README beside the file wrote, in UTC; the first was local time.</summary>
    [SharedFact(Folder)]
    public async Task Times_of_12_bytes() =>
        (await Rows.TextAsync(PathOf(FarTimes))).ShouldBe("""
            {"a":"2024-01-01T20:34:56.123456"}
            {"a":"2024-01-01T01:00:00"}
            {"a":"9999-12-31T03:00:00"}
            {"a":"2024-12-30T23:00:00"}
            {"a":null}
            {"a":"+290000-12-30T23:00:00"}
            """);

    /// <summary>pyarrow wants keys of maps to be required; expected are the rows of hyparquet's own test, which have the entries in another order.</summary>
    [SharedFact(Folder)]
    public async Task Maps_with_optional_keys() =>
        (await Rows.TextAsync(PathOf("hyparquet/incorrect_map_schema.parquet"))).ShouldBe("""{"my_map":[["parent","another"],["name","report"]]}""");

    private static string PathOf(string name) => Path.Combine(SharedFiles.Find(Folder)!, name);

    private static IEnumerable<JsonElement> Expected() =>
        Directory.GetFiles(Path.Combine(SharedFiles.Find(Folder)!, "expected"), "*.json").Order(StringComparer.Ordinal).Select(file => JsonElement.Parse(File.ReadAllBytes(file)));

    private static string? Difference(JsonElement expected, List<JsonElement> rows)
    {
        // One writer leaves the footer's number of rows at 0, and pyarrow repeats it.
        if (rows.Count != expected.GetProperty("num_rows").GetInt64() && rows.Count != expected.GetProperty("first_rows").GetArrayLength())
            return $"{rows.Count} rows, expected {expected.GetProperty("num_rows")}";
        var value = new ExpectedValue(EnumColumn().Matches(expected.GetProperty("parquet_schema").GetString()!).Select(match => match.Groups[1].Value).ToHashSet());
        if (expected.TryGetProperty("first_rows", out var first))
            for (var i = 0; i < first.GetArrayLength(); i++)
                if (value.Difference(first[i], rows[i], $"row {i}") is { } difference)
                    return difference;
        if (expected.TryGetProperty("last_row", out var last) && value.Difference(last, rows[^1], "last row") is { } atEnd)
            return atEnd;
        var columns = Columns(rows);
        return NullCounts(expected, columns)
            ?? expected.GetProperty("column_checks").EnumerateObject().Select(check => ColumnCheck.Difference(check.Name, check.Value, columns.GetValueOrDefault(check.Name, []))).FirstOrDefault(found => found is not null);
    }

    [GeneratedRegex(@"(\w+) \(Enum\)")]
    private static partial Regex EnumColumn();

    private static Dictionary<string, List<JsonElement>> Columns(List<JsonElement> rows)
    {
        Dictionary<string, List<JsonElement>> columns = [];
        foreach (var value in rows.SelectMany(row => row.EnumerateObject()))
        {
            if (!columns.TryGetValue(value.Name, out var column))
                columns.Add(value.Name, column = []);
            column.Add(value.Value);
        }

        return columns;
    }

    private static string? NullCounts(JsonElement expected, Dictionary<string, List<JsonElement>> columns)
    {
        foreach (var column in expected.GetProperty("null_counts").EnumerateObject())
            if (columns.GetValueOrDefault(column.Name, []).Count(value => value.ValueKind == JsonValueKind.Null) is var count && count != column.Value.GetInt32())
                return $"{column.Name} has {count} nulls, expected {column.Value}";
        return null;
    }
}
