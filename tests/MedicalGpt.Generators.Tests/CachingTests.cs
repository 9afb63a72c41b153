using MedicalGpt.Generators.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace MedicalGpt.Generators.Tests;

/// <summary>Which steps run again after which edit.</summary>
public sealed class CachingTests
{
    private const string Record = """
        /// <summary>S.</summary>
        [Options("a")]
        public sealed partial record A
        {
            /// <summary>X.</summary>
            public int X { get; init; } = 1;

            public int Twice() => X * 2;
        }
        """;

    private const string Broken = """
        /// <summary>S.</summary>
        [Options("b")]
        public sealed partial record B
        {
            /// <summary>X.</summary>
            public float X { get; init; }
        }
        """;

    [Fact]
    public void Unrelated_edit_writes_nothing_again() =>
        After(Record, "class Other { }", "class Other { int field; }").ShouldBe(new(Reason.Unchanged, Reason.Cached, null));

    [Fact]
    public void Body_edit_writes_nothing_again() =>
        After("class Other { }", Record, Record.Replace("X * 2", "X + X", StringComparison.Ordinal)).ShouldBe(new(Reason.Unchanged, Reason.Cached, null));

    [Fact]
    public void Moved_lines_write_nothing_again() =>
        After("class Other { }", Record, "// a line above\n" + Record).ShouldBe(new(Reason.Modified, Reason.Cached, null));

    [Fact]
    public void Changed_default_writes_the_record_again() =>
        After("class Other { }", Record, Record.Replace("= 1;", "= 2;", StringComparison.Ordinal)).ShouldBe(new(Reason.Modified, Reason.Modified, null));

    [Fact]
    public void Changed_summary_writes_the_record_again() =>
        After("class Other { }", Record, Record.Replace("X.</", "X, better said.</", StringComparison.Ordinal)).ShouldBe(new(Reason.Modified, Reason.Modified, null));

    [Fact]
    public void New_record_leaves_the_first_alone() =>
        After(Record, "class Other { }", Record.Replace("\"a\"", "\"c\"", StringComparison.Ordinal).Replace("record A", "record C", StringComparison.Ordinal))
            .ShouldBe(new(Reason.Unchanged, Reason.Cached, null));

    [Fact]
    public void Problem_that_moves_is_reported_at_its_new_place() =>
        After("class Other { }", Broken, "\n" + Broken).ShouldBe(new(Reason.Modified, null, Reason.Modified));

    [Fact]
    public void Unrelated_edit_keeps_a_problem() =>
        After(Broken, "class Other { }", "class Other { int field; }").ShouldBe(new(Reason.Unchanged, null, Reason.Cached));

    /// <summary>Reasons of the first record's steps after a second run in which the second file is replaced.</summary>
    private static Reasons After(string first, string second, string edited)
    {
        var before = GeneratorRun.Compilation(first, second);
        var old = before.SyntaxTrees[1];
        var after = before.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(GeneratorRun.Usings + edited, path: old.FilePath));
        var result = GeneratorRun.Driver().RunGenerators(before).RunGenerators(after).GetRunResult().Results.Single();
        return new(Of(result, "Results"), Of(result, "Records"), Of(result, "Problems"));
    }

    private static Reason? Of(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => (Reason?)output.Reason).FirstOrDefault()
            : null;

    /// <summary>Reasons of reading a record, of the record that is written, of the problems that are reported; null where there is none.</summary>
    private sealed record Reasons(Reason? Read, Reason? Written, Reason? Reported);
}
