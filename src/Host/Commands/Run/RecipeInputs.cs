using MedicalGpt.Host.Recipes;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Run;

/// <summary>A recipe's inputs as an options record made at run time.</summary>
internal static class RecipeInputs
{
    /// <summary>The inputs as a descriptor.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <returns>The descriptor.</returns>
    public static OptionsDescriptor Descriptor(Recipe recipe) => new()
    {
        Name = recipe.Name,
        TypeName = $"inputs of {recipe.Path}",
        Summary = recipe.Summary,
        Options = [.. recipe.Inputs.Select(input => input.ToOption())],
    };

    /// <summary>Values of the inputs as text, checked by type.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="resolution">The resolved flags.</param>
    /// <returns>Texts by name.</returns>
    /// <exception cref="OptionsException">Inputs are missing or of the wrong type.</exception>
    public static IReadOnlyDictionary<string, string> Read(Recipe recipe, OptionResolution resolution)
    {
        var errors = new OptionErrors(resolution.Values);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in recipe.Inputs)
        {
            var option = input.ToOption();
            values[input.Name] = resolution.Values.Read(option, input.Default ?? "", OptionText.TryText, errors);
            var fits = input.Type switch
            {
                OptionType.Integer => OptionText.TryInteger(values[input.Name], out _),
                OptionType.Number => OptionText.TryNumber(values[input.Name], out _),
                OptionType.Boolean => OptionText.TryBoolean(values[input.Name], out _),
                _ => true,
            };
            if (!fits)
                errors.Refuse(option, values[input.Name]);
        }

        errors.ThrowIfAny();
        return values;
    }
}
