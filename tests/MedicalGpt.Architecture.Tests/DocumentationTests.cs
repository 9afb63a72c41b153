using System.Text.RegularExpressions;

namespace MedicalGpt.Architecture.Tests;

/// <summary>Pages say what is there: links lead somewhere, named tests exist, both languages of the README are in step.</summary>
public sealed partial class DocumentationTests
{
    private const string English = "README.md";
    private const string Chinese = "README.zh.md";

    [Fact]
    public void Links_lead_to_files()
    {
        var broken = from page in Pages()
                     from Match link in Link().Matches(Repository.Text(page))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                     where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target))
                     select $"{page}: {target}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Named_tests_exist()
    {
        var tests = Repository.Files("*Tests.cs", "tests").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var missing = from page in Pages()
                      from Match name in TestName().Matches(Repository.Text(page))
                      where !tests.Contains(name.Groups[1].Value)
                      select $"{page}: {name.Groups[1].Value}";
        missing.ShouldBeEmpty();
        TestName().Count(Repository.Text(English)).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Every_page_is_in_the_index()
    {
        var index = Repository.Text("docs/index.md");
        Repository.Files("*.md", "docs")
            .Where(page => !page.Contains("diagnostics", StringComparison.Ordinal) && Path.GetFileName(page) != "index.md")
            .Where(page => !index.Contains($"({Path.GetFileName(page)})", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Both_readmes_have_the_same_headings_tables_and_code()
    {
        var (english, chinese) = (Repository.Text(English), Repository.Text(Chinese));
        Levels(chinese).ShouldBe(Levels(english));
        TableRow().Count(chinese).ShouldBe(TableRow().Count(english));
        Code(chinese).ShouldBe(Code(english));
        Code(english).Count.ShouldBeGreaterThan(4);
        TestName().Matches(chinese).Select(name => name.Value).ShouldBe(TestName().Matches(english).Select(name => name.Value));
    }

    private static IEnumerable<string> Pages() => [English, Chinese, .. Repository.Files("*.md", "docs", "samples", "benchmarks")];

    private static List<int> Levels(string text) => [.. Heading().Matches(Fence().Replace(text, "")).Select(heading => heading.Groups[1].Length)];

    /// <summary>Code blocks without comments of the shell, which are translated.</summary>
    private static List<string> Code(string text) => [.. Fence().Matches(text).Select(block => ShellComment().Replace(block.Value, ""))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex TestName();

    [GeneratedRegex("^(#{1,6}) ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@" +# .*$", RegexOptions.Multiline)]
    private static partial Regex ShellComment();
}
