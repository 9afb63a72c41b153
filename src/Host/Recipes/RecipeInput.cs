using MedicalGpt.Options;

namespace MedicalGpt.Host.Recipes;

/// <summary>A typed input of a recipe; a flag of <c>medgpt run</c>.</summary>
/// <param name="Name">Key in snake_case.</param>
/// <param name="Type">Type of the value.</param>
/// <param name="Default">Value when it is not given; null = it must be given.</param>
/// <param name="Help">What it is.</param>
internal sealed record RecipeInput(string Name, OptionType Type, string? Default, string Help)
{
    /// <summary>What the default should be, where it is of another type; null when it is right.</summary>
    public string? DefaultProblem => (Type, Default) switch
    {
        (_, null) or (OptionType.Text, _) => null,
        (OptionType.Integer, { } text) when !OptionText.TryInteger(text, out _) => "a whole number",
        (OptionType.Number, { } text) when !OptionText.TryNumber(text, out _) => "a number",
        (OptionType.Boolean, { } text) when !OptionText.TryBoolean(text, out _) => "true or false",
        _ => null,
    };

    /// <summary>The input as an option of <c>medgpt run</c>.</summary>
    public OptionDescriptor ToOption() => new() { Key = Name, Type = Type, Summary = Help, Default = Default, Required = Default is null };
}
