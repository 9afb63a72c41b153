using System.Reflection;
using System.Runtime.Loader;
using MedicalGpt.Generators.Options;
using MedicalGpt.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MedicalGpt.Generators.Tests;

/// <summary>Runs the options generator over a source text, and compiles and loads what it wrote.</summary>
internal static class GeneratorRun
{
    public const string Usings = "using System.Collections.Generic;\nusing MedicalGpt.Options;\n";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(OptionsAttribute).Assembly.Location),
    ];

    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create(
        "Sample" + Guid.NewGuid().ToString("N"),
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(Usings + source, path: $"Source{index}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new OptionsGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generator's diagnostics with the source text that each marks.</summary>
    public static IReadOnlyList<(string Id, string Marked, string Message)> Diagnostics(string source)
    {
        var compilation = Compilation(source);
        var text = Usings + source;
        return [.. Driver().RunGenerators(compilation).GetRunResult().Diagnostics
            .Select(item => (item.Id, text.Substring(item.Location.SourceSpan.Start, item.Location.SourceSpan.Length), item.GetMessage()))];
    }

    public static string Generated(string source) =>
        Driver().RunGenerators(Compilation(source)).GetRunResult().GeneratedTrees.Single().ToString();

    /// <summary>Compiles the source with what the generator adds; any warning or error fails.</summary>
    public static byte[] Emit(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compilation(source), out var compilation, out var diagnostics);
        diagnostics.ShouldBeEmpty();
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        result.Diagnostics.Where(item => item.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
        return stream.ToArray();
    }

    public static Assembly Load(string source) =>
        new AssemblyLoadContext("sample", isCollectible: true).LoadFromStream(new MemoryStream(Emit(source)));
}
