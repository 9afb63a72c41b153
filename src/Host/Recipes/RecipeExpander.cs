using System.Text.RegularExpressions;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Recipes;

/// <summary>Replaces <c>${input}</c> by the input's value and <c>${stage}</c> by the output of an earlier stage.</summary>
internal static partial class RecipeExpander
{
    private static readonly string[] OutputKeys = ["output_dir", "output"];

    /// <summary>Expands every stage of a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="inputs">Values of its inputs.</param>
    /// <returns>Stages in order.</returns>
    /// <exception cref="MedicalGptException">A name is unknown or belongs to a later stage.</exception>
    public static IReadOnlyList<ExpandedStage> Expand(Recipe recipe, IReadOnlyDictionary<string, string> inputs)
    {
        var expanded = new List<ExpandedStage>();
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var stage in recipe.Stages)
        {
            var needs = new List<string>();
            var settings = stage.Settings
                .Select(setting => new OptionSetting(setting.Name, setting.Source, [.. setting.Items.Select(text => Replace(text, setting))]) { IsList = setting.IsList })
                .ToList();
            var output = settings.FirstOrDefault(setting => OutputKeys.Contains(OptionNames.Normalize(setting.Name)))?.Text;
            if (output is not null)
                outputs[stage.Name] = output;
            expanded.Add(new ExpandedStage(stage, new OptionLayer($"recipe {recipe.Name}", settings), output, needs));

            string Replace(string text, OptionSetting setting) => Reference().Replace(text, match =>
            {
                var name = match.Groups[1].Value;
                if (inputs.TryGetValue(OptionNames.Normalize(name), out var value))
                    return value;
                if (outputs.TryGetValue(name, out var folder))
                {
                    needs.Add(name);
                    return folder;
                }

                var known = inputs.Keys.Concat(outputs.Keys).ToList();
                throw new MedicalGptException($"Stage '{stage.Name}' refers to something unknown.")
                {
                    Place = $"{setting.Source}, option {setting.Name}",
                    Given = match.Value,
                    Allowed = "inputs and earlier stages with an output folder: " + string.Join(", ", known),
                    Remedy = OptionNames.Nearest(name, known) is { } nearest ? $"did you mean ${{{nearest}}}?" : null,
                };
            });
        }

        return expanded;
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9_.-]+)\}")]
    private static partial Regex Reference();
}
