using MedicalGpt.Generators.Options.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Reads a property's initializer as the text of a default.</summary>
internal static class Defaults
{
    /// <summary>The default as texts (one for a single value, none for null); null where it is not a constant.</summary>
    public static IReadOnlyList<string>? Read(PropertyDeclarationSyntax property, SemanticModel semantics, ValueKind kind, bool nullable, ITypeSymbol? choice)
    {
        var value = property.Initializer?.Value;
        if (value is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed)
            value = suppressed.Operand;
        return kind switch
        {
            ValueKind.Map => value is null || IsEmptyMap(value) ? [] : null,
            ValueKind.TextList or ValueKind.NumberList or ValueKind.IntegerList => value is null ? [] : List(value, semantics),
            _ when value is null => nullable || kind == ValueKind.Text ? [] : [Zero(kind, choice)],
            _ => Single(value, semantics, kind, choice),
        };
    }

    private static string[]? Single(ExpressionSyntax value, SemanticModel semantics, ValueKind kind, ITypeSymbol? choice)
    {
        var constant = semantics.GetConstantValue(value);
        if (!constant.HasValue)
            return null;
        if (constant.Value is null)
            return [];
        var text = choice is not null ? Enums.NameOf(choice, constant.Value)
            : kind == ValueKind.Number && constant.Value is IConvertible and not string ? Numbers.Text(Convert.ToDouble(constant.Value, System.Globalization.CultureInfo.InvariantCulture))
            : Numbers.Text(constant.Value);
        return text is null ? null : [text];
    }

    private static List<string>? List(ExpressionSyntax value, SemanticModel semantics)
    {
        if (value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression })
            return [];
        var items = value switch
        {
            CollectionExpressionSyntax collection when collection.Elements.All(element => element is ExpressionElementSyntax) =>
                collection.Elements.Cast<ExpressionElementSyntax>().Select(element => element.Expression),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            _ => null,
        };
        if (items is null)
            return null;
        var texts = items.Select(item => Numbers.Text(semantics.GetConstantValue(item).Value)).ToList();
        return texts.Contains(null) ? null : texts.ConvertAll(text => text!);
    }

    private static bool IsEmptyMap(ExpressionSyntax value) => value switch
    {
        BaseObjectCreationExpressionSyntax created => created.Initializer is null && created.ArgumentList is null or { Arguments.Count: 0 },
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Empty" } => true,
        _ => false,
    };

    private static string Zero(ValueKind kind, ITypeSymbol? choice) => kind switch
    {
        ValueKind.Boolean => "false",
        ValueKind.Choice => Enums.NameOf(choice!, 0) ?? "",
        _ => "0",
    };
}
