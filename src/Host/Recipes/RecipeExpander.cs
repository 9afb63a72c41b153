using System.Text.RegularExpressions;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Recipes;

/// <summary>Replaces <c>${input}</c> by the input's value and <c>${stage}</c> by the output of an earlier stage.</summary>
internal sealed partial class RecipeExpander
{
    private static readonly string[] OutputKeys = ["output_dir", "output"];
    private readonly Recipe _recipe;
    private readonly IReadOnlyDictionary<string, string> _inputs;
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    private RecipeExpander(Recipe recipe, IReadOnlyDictionary<string, string> inputs) => (_recipe, _inputs) = (recipe, inputs);

    /// <summary>Expands every stage of a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="inputs">Values of its inputs.</param>
    /// <returns>Stages in order.</returns>
    /// <exception cref="MedicalGptException">A name is unknown or belongs to a later stage, or two stages write to one place.</exception>
    public static IReadOnlyList<ExpandedStage> Expand(Recipe recipe, IReadOnlyDictionary<string, string> inputs)
    {
        var expander = new RecipeExpander(recipe, inputs);
        return [.. recipe.Stages.Select(expander.Expand)];
    }

    private ExpandedStage Expand(RecipeStage stage)
    {
        var needs = new List<string>();
        var settings = stage.Settings
            .Select(setting => new OptionSetting(setting.Name, setting.Source, [.. setting.Items.Select(text => Replace(text, stage, setting, needs))]) { IsList = setting.IsList })
            .ToList();
        var output = settings.Find(setting => OutputKeys.Contains(OptionNames.Normalize(setting.Name)));
        if (output is not null)
            Claim(stage, output);
        return new ExpandedStage(stage, new OptionLayer($"recipe {_recipe.Name}", settings), output?.Text, needs);
    }

    private string Replace(string text, RecipeStage stage, OptionSetting setting, List<string> needs) => Reference().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        if (_inputs.TryGetValue(OptionNames.Normalize(name), out var value))
            return value;
        if (!_outputs.TryGetValue(name, out var folder))
            throw Unknown(match, stage, setting);
        needs.Add(name);
        return folder;
    });

    private void Claim(RecipeStage stage, OptionSetting output)
    {
        var path = Full(output.Text);
        if (_outputs.FirstOrDefault(other => Full(other.Value) == path) is { Key: { } owner })
            throw new MedicalGptException("Two stages write to the same place.") { Place = $"{output.Source}, stage '{stage.Name}'", Given = output.Text, Allowed = $"a folder of its own; stage '{owner}' writes there", Remedy = $"for example ${{output_dir}}/{stage.Name}" };
        _outputs[stage.Name] = output.Text;
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private MedicalGptException Unknown(Match match, RecipeStage stage, OptionSetting setting)
    {
        var name = match.Groups[1].Value;
        var known = _inputs.Keys.Concat(_outputs.Keys).ToList();
        var at = _recipe.Stages.ToList().FindIndex(other => other.Name == name);
        var (what, remedy) = at < 0
            ? ("something unknown", OptionNames.Nearest(name, known) is { } nearest ? $"did you mean ${{{nearest}}}?" : null)
            : at < _recipe.Stages.ToList().IndexOf(stage)
                ? ("a stage that writes nothing", $"give stage '{name}' an output_dir")
                : ("a later stage", $"move stage '{name}' before stage '{stage.Name}'");
        return new MedicalGptException($"Stage '{stage.Name}' refers to {what}.")
        {
            Place = $"{setting.Source}, option {setting.Name}",
            Given = match.Value,
            Allowed = "inputs and earlier stages with an output folder: " + string.Join(", ", known),
            Remedy = remedy,
        };
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9_.-]+)\}")]
    private static partial Regex Reference();
}
