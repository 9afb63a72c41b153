using MedicalGpt.Generators.Options.Model;
using Microsoft.CodeAnalysis;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Which C# type is which kind of option.</summary>
internal static class ValueTypes
{
    /// <summary>The kind of a property type, and the enum of a choice; null where the type is not supported.</summary>
    public static (ValueKind Kind, bool Nullable, INamedTypeSymbol? Enum)? Of(ITypeSymbol type)
    {
        var nullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped)
            type = wrapped.TypeArguments[0];
        if (type.TypeKind == TypeKind.Enum)
            return (ValueKind.Choice, nullable, (INamedTypeSymbol)type);
        ValueKind? kind = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType.SpecialType switch
            {
                SpecialType.System_String => ValueKind.TextList,
                SpecialType.System_Double => ValueKind.NumberList,
                SpecialType.System_Int32 => ValueKind.IntegerList,
                _ => null,
            },
            INamedTypeSymbol { Name: "IReadOnlyDictionary" } map when !nullable && map.TypeArguments.All(argument => argument.SpecialType == SpecialType.System_String) => ValueKind.Map,
            _ => type.SpecialType switch
            {
                SpecialType.System_Boolean => ValueKind.Boolean,
                SpecialType.System_Int32 => ValueKind.Integer,
                SpecialType.System_Int64 => ValueKind.Long,
                SpecialType.System_Double => ValueKind.Number,
                SpecialType.System_String => ValueKind.Text,
                _ => null,
            },
        };
        return kind is { } known ? (known, nullable, null) : null;
    }

    public static bool IsNumeric(this ValueKind kind) =>
        kind is ValueKind.Integer or ValueKind.Long or ValueKind.Number or ValueKind.NumberList or ValueKind.IntegerList;
}
