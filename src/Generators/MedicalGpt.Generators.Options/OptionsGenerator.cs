using MedicalGpt.Generators.Options.Diagnostics;
using MedicalGpt.Generators.Options.Model;
using MedicalGpt.Generators.Options.Reading;
using MedicalGpt.Generators.Options.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MedicalGpt.Generators.Options;

/// <summary>Writes Bind, Validate, the descriptor table and the JSON schema of every record with <c>[Options]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class OptionsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var results = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeExtensions.Namespace + ".OptionsAttribute",
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributes, cancellation) => RecordReader.Read(attributes, cancellation))
            .WithTrackingName(TrackingNames.Results);
        var accepted = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeExtensions.Namespace + ".AcceptedWithoutEffectAttribute",
                static (node, _) => node is CompilationUnitSyntax,
                static (attributes, _) => new EquatableArray<KeyText>(attributes.Attributes.Select(attribute => new KeyText(attribute.Text(0), attribute.Text(1)))))
            .Collect()
            .Select(static (lists, _) => new EquatableArray<KeyText>(lists.SelectMany(list => list)))
            .WithTrackingName(TrackingNames.Accepted);

        var records = results
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .Combine(accepted)
            .Select(static (pair, _) => pair.Left with { Accepted = new(pair.Left.Accepted.Concat(pair.Right)) })
            .WithTrackingName(TrackingNames.Records);
        context.RegisterSourceOutput(records, static (output, record) => output.AddSource(record.FullName + ".g.cs", RecordWriter.Write(record)));

        var problems = results
            .Collect()
            .SelectMany(static (all, _) => all.SelectMany(result => result.Problems).Concat(Duplicates.Find(all)))
            .WithTrackingName(TrackingNames.Problems);
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic(Rules.ById(problem.Id))));
    }
}
