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

    /// <summary>Values of the inputs as text; what is wrong is collected in the resolution.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="resolution">The resolved flags.</param>
    /// <returns>Texts by name.</returns>
    /// <exception cref="OptionsException">Inputs are missing or of the wrong type.</exception>
    public static IReadOnlyDictionary<string, string> Read(Recipe recipe, OptionResolution resolution)
    {
        resolution.Check(Descriptor(recipe));
        resolution.ThrowIfInvalid();
        return recipe.Inputs.ToDictionary(input => input.Name, input => resolution.Values.Find(input.Name)?.Text ?? input.Default ?? "", StringComparer.Ordinal);
    }
}
