using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MedicalGpt.Generators.Options.Model;

/// <summary>A diagnostic as plain values: made into a Roslyn diagnostic only when it is reported.</summary>
internal sealed record Problem(string Id, string File, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Problem At(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        new(descriptor.Id, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span, new(arguments));

    public Diagnostic ToDiagnostic(DiagnosticDescriptor descriptor) =>
        Diagnostic.Create(descriptor, Location.Create(File, Span, Lines), [.. Arguments]);
}
