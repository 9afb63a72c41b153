using MedicalGpt.Generators.Options.Diagnostics;
using MedicalGpt.Generators.Options.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Reads one property of an options record.</summary>
internal static class OptionReader
{
    public static OptionModel? Read(IPropertySymbol property, PropertyDeclarationSyntax syntax, SemanticModel semantics, List<Problem> problems)
    {
        var name = property.Name;
        var place = syntax.Identifier.GetLocation();
        if (property.SetMethod is not { IsInitOnly: true } || property.IsRequired)
            problems.Add(Problem.At(Rules.NotInitOnly, place, name));
        var key = property.First("OptionName")?.Text(0) ?? Names.Snake(name);
        if (!Names.IsSnake(key))
            problems.Add(Problem.At(Rules.InvalidName, place, key));
        var summary = DocComment.Summary(syntax);
        if (summary.Length == 0)
            problems.Add(Problem.At(Rules.EmptySummary, place, name));
        if (ValueTypes.Of(property.Type) is not { } type)
        {
            problems.Add(Problem.At(Rules.UnsupportedType, syntax.Type.GetLocation(), name, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
            return null;
        }

        var defaults = Defaults.Read(syntax, semantics, type.Kind, type.Nullable, type.Enum);
        if (defaults is null)
        {
            problems.Add(Problem.At(Rules.NonConstantDefault, syntax.Initializer!.Value.GetLocation(), name));
            return null;
        }

        var range = property.First("Range");
        var required = property.First("Required") is not null;
        var (min, max) = (Bound(range, 0, type.Kind), Bound(range, 1, type.Kind));
        var isList = type.Kind is ValueKind.TextList or ValueKind.NumberList or ValueKind.IntegerList;
        var hasDefault = !required && type.Kind != ValueKind.Map && (isList ? !type.Nullable || defaults.Count > 0 : defaults.Count > 0);
        var model = new OptionModel
        {
            Property = name,
            Key = key,
            Kind = type.Kind,
            Nullable = type.Nullable,
            Summary = summary,
            Default = hasDefault ? string.Join(",", defaults) : null,
            DefaultItems = new(hasDefault ? defaults : []),
            Min = min,
            Max = max,
            MinExclusive = min is not null && range!.Flag("MinExclusive"),
            MaxExclusive = max is not null && range!.Flag("MaxExclusive"),
            AllowInfinity = range?.Flag("AllowInfinity") ?? false,
            Unit = property.First("Unit")?.Text(0),
            Aliases = new(property.Ours("Alias").SelectMany(alias => alias.Texts())),
            AllowedValues = new(type.Enum is null ? property.First("AllowedValues")?.Texts() ?? [] : []),
            MustExist = property.First("PathExists") is { } path ? new[] { "Any", "File", "Directory" }[path.ConstructorArguments[0].Value as int? ?? 0] : null,
            Required = required,
            Secret = property.First("Secret") is not null,
            Hidden = property.First("Hidden") is not null,
            EnumType = type.Enum?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Choices = new(type.Enum is null ? [] : Enums.Choices(type.Enum)),
        };
        OptionChecks.Check(model, property, syntax, problems);
        return model;
    }

    /// <summary>A bound of the range; null where it is infinite or the type's own limit.</summary>
    private static double? Bound(AttributeData? range, int index, ValueKind kind)
    {
        if (range?.ConstructorArguments[index].Value is not double bound || double.IsInfinity(bound))
            return null;
        var limit = kind switch
        {
            ValueKind.Integer or ValueKind.IntegerList => index == 0 ? int.MinValue : int.MaxValue,
            ValueKind.Long => index == 0 ? (double)long.MinValue : long.MaxValue,
            _ => index == 0 ? double.MinValue : double.MaxValue,
        };
        return bound == limit ? null : bound;
    }
}
