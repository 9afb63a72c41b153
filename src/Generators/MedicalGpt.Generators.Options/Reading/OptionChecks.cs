using MedicalGpt.Generators.Options.Diagnostics;
using MedicalGpt.Generators.Options.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Checks that an option's attributes fit its type and its default fits its attributes.</summary>
internal static class OptionChecks
{
    public static void Check(OptionModel option, IPropertySymbol property, PropertyDeclarationSyntax syntax, List<Problem> problems)
    {
        var place = syntax.Identifier.GetLocation();
        var initializer = syntax.Initializer?.Value.GetLocation() ?? place;
        if (property.First("Range") is { } range)
        {
            if (!option.Kind.IsNumeric())
                Refuse(range, "only numbers have a range");
            else if (option.Min > option.Max)
                Refuse(range, "its minimum is above its maximum");
            else if (option.DefaultItems.Any(item => IsOutside(option, Numbers.Parse(item))))
                problems.Add(Problem.At(Rules.DefaultOutsideRange, initializer, option.Property, option.Default!, Numbers.Range(option.Min, option.Max, option.MinExclusive, option.MaxExclusive)));
        }

        var isText = option.Kind is ValueKind.Text or ValueKind.TextList;
        if (property.First("AllowedValues") is { } allowed)
        {
            if (!isText)
                Refuse(allowed, "only texts have allowed values; an enum names its own");
            else if (option.DefaultItems.FirstOrDefault(item => !option.AllowedValues.Contains(item)) is { } wrong)
                problems.Add(Problem.At(Rules.DefaultNotAllowed, initializer, option.Property, wrong, string.Join(", ", option.AllowedValues)));
        }

        if (property.First("PathExists") is { } path && option.Kind != ValueKind.Text)
            Refuse(path, "only a text is a path");
        foreach (var alias in property.Ours("Alias"))
        {
            foreach (var name in alias.Texts().Where(name => !Names.IsSnake(name)))
                problems.Add(Problem.At(Rules.InvalidName, alias.Place(place), name));
        }

        void Refuse(AttributeData attribute, string reason) =>
            problems.Add(Problem.At(Rules.AttributeDoesNotFit, attribute.Place(place), option.Property, attribute.AttributeClass!.Name.Replace("Attribute", ""), reason));
    }

    private static bool IsOutside(OptionModel option, double value) =>
        double.IsInfinity(value) ? !option.AllowInfinity
        : (option.MinExclusive ? value <= option.Min : value < option.Min) || (option.MaxExclusive ? value >= option.Max : value > option.Max);
}
