using Microsoft.CodeAnalysis;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Typed access to our attributes.</summary>
internal static class AttributeExtensions
{
    public const string Namespace = "MedicalGpt.Options";

    public static IEnumerable<AttributeData> Ours(this ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute =>
            attribute.AttributeClass is { } type && type.Name == name + "Attribute" && type.ContainingNamespace.ToDisplayString() == Namespace);

    public static AttributeData? First(this ISymbol symbol, string name) => symbol.Ours(name).FirstOrDefault();

    public static string Text(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index ? attribute.ConstructorArguments[index].Value as string ?? "" : "";

    public static IEnumerable<string> Texts(this AttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(argument => argument.Kind == TypedConstantKind.Array && !argument.IsNull
            ? argument.Values.Select(value => value.Value as string ?? "")
            : []);

    public static bool Flag(this AttributeData attribute, string name) =>
        attribute.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true);

    /// <summary>Text of a constant argument; an enum member becomes its option name; null where it is none of ours.</summary>
    public static string? Value(this AttributeData attribute, int index)
    {
        if (attribute.ConstructorArguments.Length <= index)
            return null;
        var argument = attribute.ConstructorArguments[index];
        return argument.Kind switch
        {
            TypedConstantKind.Enum => Enums.NameOf(argument.Type!, argument.Value),
            TypedConstantKind.Primitive => Numbers.Text(argument.Value),
            _ => null,
        };
    }

    public static Location Place(this AttributeData attribute, Location fallback) =>
        attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : fallback;
}
