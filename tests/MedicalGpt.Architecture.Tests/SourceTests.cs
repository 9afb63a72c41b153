using System.Text.RegularExpressions;

namespace MedicalGpt.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int MaxLines = 400;
    private const int MaxMedian = 100;

    private static readonly string[] Forbidden = ["NotImplementedException", "Thread.Sleep", "#pragma warning disable", ".GetAwaiter().GetResult()"];

    [Fact]
    public void Files_are_short()
    {
        var lengths = Sources().ToDictionary(file => file, file => File.ReadLines(Path.Combine(Repository.Root, file)).Count());
        lengths.Where(entry => entry.Value > MaxLines).Select(entry => $"{entry.Key}: {entry.Value} lines").ShouldBeEmpty();
        var shipped = lengths.Where(entry => !entry.Key.StartsWith("tests", StringComparison.Ordinal)).Select(entry => entry.Value).Order().ToArray();
        shipped[shipped.Length / 2].ShouldBeLessThan(MaxMedian);
    }

    [Fact]
    public void Shipped_files_hold_one_public_type_each() =>
        Shipped()
            .Where(file => PublicType().Count(Repository.Text(file)) > 1 && !Repository.Text(file).Contains("partial class torch", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Shipped_files_leave_nothing_for_later()
    {
        var found = from file in Shipped()
                    let text = Repository.Text(file)
                    from token in Forbidden.Where(token => text.Contains(token, StringComparison.Ordinal))
                        .Concat(Marker().Matches(text).Select(match => match.Value))
                        .Concat(EmptyCatch().Matches(text).Select(_ => "empty catch"))
                    select $"{file}: {token}";
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("catch (IOException) { }", true)]
    [InlineData("catch\n{\n}", true)]
    [InlineData("catch (IOException error)\n{\n    throw Refuse(error);\n}", false)]
    public void An_empty_catch_is_found(string code, bool found) => EmptyCatch().IsMatch(code).ShouldBe(found);

    private static IEnumerable<string> Sources() =>
        new[] { "*.cs", "*.cpp", "*.h" }.SelectMany(pattern => Repository.Files(pattern, "src", "plugins", "samples", "tests", "benchmarks"));

    private static IEnumerable<string> Shipped() => Repository.Files("*.cs", "src", "plugins", "samples");

    [GeneratedRegex(@"^public (?:(?:sealed|abstract|static|readonly|partial|ref|unsafe) )*(?:class|record|struct|interface|enum|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK)\b")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\bcatch\b(?:\s*\([^)]*\))?(?:\s*when\s*\([^{]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
