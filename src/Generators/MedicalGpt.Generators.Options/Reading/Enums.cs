using System.Globalization;
using MedicalGpt.Generators.Options.Model;
using Microsoft.CodeAnalysis;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Enum members under their option names.</summary>
internal static class Enums
{
    public static IEnumerable<ChoiceModel> Choices(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => new ChoiceModel(Name(field), field.Name));

    public static string? NameOf(ITypeSymbol type, object? value) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue && Convert.ToInt64(field.ConstantValue, CultureInfo.InvariantCulture) == Convert.ToInt64(value, CultureInfo.InvariantCulture)).Select(Name).FirstOrDefault();

    private static string Name(IFieldSymbol field) => field.First("OptionName")?.Text(0) ?? Names.Snake(field.Name);
}
