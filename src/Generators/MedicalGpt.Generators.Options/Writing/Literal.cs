using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace MedicalGpt.Generators.Options.Writing;

/// <summary>C# literals.</summary>
internal static class Literal
{
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    public static string List(IEnumerable<string> values) => "[" + string.Join(", ", values.Select(Text)) + "]";
}
