using MedicalGpt.Generators.Options.Diagnostics;
using Microsoft.CodeAnalysis;

namespace MedicalGpt.Generators.Tests;

public sealed class DiagnosticPagesTests
{
    private static readonly string Root = Repository.Root;

    private static readonly string[] RuleIds = [.. typeof(Rules).GetFields().Select(rule => ((DiagnosticDescriptor)rule.GetValue(null)!).Id)];

    public static TheoryData<string> Ids => new(RuleIds);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_has_a_page_with_its_title_and_a_fix(string id)
    {
        var rule = Rules.ById(id);
        var page = File.ReadAllText(Path.Combine(Root, rule.HelpLinkUri));
        page.ShouldStartWith($"# {id}: {rule.Title}\n");
        page.ShouldContain("\n## Fix\n");
    }

    [Fact]
    public void Ids_are_unique_and_pages_have_no_orphans()
    {
        RuleIds.ShouldBeUnique();
        RuleIds.Length.ShouldBe(15);
        Directory.GetFiles(Path.Combine(Root, "docs/diagnostics"), "MGPT0*.md").Select(Path.GetFileNameWithoutExtension).Order().ShouldBe(RuleIds.Order());
    }
}
