using MedicalGpt.Generators.Torch;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MedicalGpt.Generators.Tests;

/// <summary>ATen schema lines to typed members.</summary>
public sealed class OperatorGeneratorTests
{
    [Fact]
    public void A_schema_becomes_members_and_an_entry_of_the_table()
    {
        var run = Run("## Sum of <all>.\naten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor\n  Tensor.sum(type<-dtype = null)\n  torch.sum(input<-self)\n");
        run.Diagnostics.ShouldBeEmpty();
        var members = run.GeneratedTrees.Single(t => t.FilePath.EndsWith("ops.g.cs", StringComparison.Ordinal)).ToString();
        members.ShouldContain("/// <summary>Sum of &lt;all&gt;. (<c>aten::sum</c>)</summary>");
        members.ShouldContain("public unsafe Tensor sum(ScalarType? type = null)");
        members.ShouldContain("public static unsafe Tensor sum(Tensor input)");
        var table = run.GeneratedTrees.Single(t => t.FilePath.EndsWith("Operator.g.cs", StringComparison.Ordinal)).ToString();
        table.ShouldContain("new(\"aten::sum\", \"\", [\"self\", \"dtype\"], \"\")");
        table.ShouldContain("new(\"aten::sum\", \"\", [\"self\"], \"\")");
    }

    [Fact]
    public void An_operator_that_writes_returns_what_it_wrote_to()
    {
        var members = Run("aten::zero_(Tensor(a!) self) -> Tensor(a!)\n  Tensor.zero_()\n").GeneratedTrees.First().ToString();
        members.ShouldContain("Dispatch.None(Operator.zero___self, __values, 1);");
        members.ShouldContain("return this;");
    }

    [Theory]
    [InlineData("aten::abs Tensor self -> Tensor\n", 0, "a schema reads")]
    [InlineData("  Tensor.abs()\n", 0, "a surface needs a schema above it")]
    [InlineData("aten::abs(Tensor self) -> Tensor\n  Tensor.abs(other)\n", 1, "'other' is not a parameter of aten::abs")]
    [InlineData("aten::abs(Tensor self) -> Tensor\n  Matrix.abs()\n", 1, "holder 'Matrix' is not one of Tensor, torch, functional, Aten, both")]
    public void A_malformed_line_is_named(string text, int line, string message)
    {
        var diagnostic = Run(text).Diagnostics.Single();
        diagnostic.Id.ShouldBe("MGPT201");
        diagnostic.Severity.ShouldBe(DiagnosticSeverity.Error);
        diagnostic.GetMessage().ShouldContain(message);
        diagnostic.Location.GetLineSpan().StartLinePosition.Line.ShouldBe(line);
        diagnostic.Location.GetLineSpan().Path.ShouldEndWith("ops.aten");
    }

    [Fact]
    public void An_edit_elsewhere_generates_nothing_again()
    {
        var compilation = GeneratorRun.Compilation("class A;");
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new OperatorGenerator().AsSourceGenerator()], [new AtenText("aten::abs(Tensor self) -> Tensor\n  both.abs()\n")], driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation).RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class B;")));
        var steps = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs);
        steps.ShouldAllBe(o => o.Reason == IncrementalStepRunReason.Cached || o.Reason == IncrementalStepRunReason.Unchanged);
    }

    private static GeneratorDriverRunResult Run(string text) =>
        CSharpGeneratorDriver.Create([new OperatorGenerator().AsSourceGenerator()], [new AtenText(text)]).RunGenerators(GeneratorRun.Compilation("class A;")).GetRunResult();

    private sealed class AtenText(string text) : AdditionalText
    {
        public override string Path => "/src/ops.aten";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
