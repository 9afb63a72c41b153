using System.Globalization;
using MedicalGpt.Host.Commands.Run;
using MedicalGpt.Options;
using MedicalGpt.Training.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MedicalGpt.Host.Recipes;

/// <summary>Reads a recipe file strictly: unknown keys are errors with their line.</summary>
internal sealed class RecipeReader
{
    private const long MaxBytes = 1 << 20;
    private readonly string _path;
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);

    private RecipeReader(string path) => _path = path;

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The recipe.</returns>
    /// <exception cref="MedicalGptException">The file is missing, too large, or not a recipe.</exception>
    public static Recipe Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new MedicalGptException("The recipe does not exist.") { Place = path, Remedy = "give the path of a .yaml file, for example recipes/quickstart.yaml" };
        if (file.Length > MaxBytes)
            throw new MedicalGptException("The recipe is too large.") { Place = path, Given = $"{file.Length} bytes", Allowed = $"at most {MaxBytes} bytes" };
        YamlStream stream;
        try
        {
            stream = BoundedYaml.Load(File.ReadAllText(path));
        }
        catch (YamlException error)
        {
            throw new MedicalGptException($"The recipe is not valid YAML: {error.Message}", error) { Place = $"{path}:{error.Start.Line}" };
        }

        return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
            ? new RecipeReader(path).ReadRoot(root)
            : throw new MedicalGptException("The recipe is not one YAML mapping.") { Place = path, Allowed = "keys name, summary, inputs, stages" };
    }

    private Recipe ReadRoot(YamlMappingNode root)
    {
        var entries = Entries(root, "recipe", ["name", "summary", "inputs", "stages"]);
        var name = Text(entries, "name") ?? Path.GetFileNameWithoutExtension(_path);
        var inputs = entries.TryGetValue("inputs", out var inputNode) ? Map(inputNode, "inputs").Select(ReadInput).ToList() : [];
        if (!entries.TryGetValue("stages", out var stageNode) || stageNode is YamlMappingNode { Children.Count: 0 })
            throw Wrong(root, "The recipe has no stages.", null, "a mapping 'stages' from stage name to its command and options");
        var stages = Map(stageNode, "stages").Select(ReadStage).ToList();
        foreach (var stage in stages.Where(stage => inputs.Any(input => input.Name == stage.Name)))
            throw new MedicalGptException("A stage and an input have the same name.") { Place = $"{_path}:{stage.Line}", Given = stage.Name, Remedy = "rename one; both are written ${name}" };
        return new Recipe(_path, name, Text(entries, "summary") ?? "", inputs, stages);
    }

    private RecipeInput ReadInput(KeyValuePair<YamlNode, YamlNode> entry)
    {
        var name = OptionNames.Normalize(Scalar(entry.Key));
        if (PipelineOptions.Descriptor.Options.Any(option => option.Key == name))
            throw Wrong(entry.Key, "An input has the name of a flag of 'medgpt run'.", name, "another name than " + string.Join(", ", PipelineOptions.Descriptor.Options.Select(option => option.Key)));
        if (!_inputs.Add(name))
            throw Wrong(entry.Key, "An input is declared twice.", Scalar(entry.Key), $"each name once; {name.Replace('_', '-')} and {name} are the same flag");
        var fields = Entries(entry.Value, $"input '{name}'", ["type", "default", "help"]);
        var type = Text(fields, "type") switch
        {
            null or "text" => OptionType.Text,
            "integer" => OptionType.Integer,
            "number" => OptionType.Number,
            "boolean" => OptionType.Boolean,
            { } other => throw Wrong(fields["type"], $"Input '{name}' has an unknown type.", other, "text, integer, number or boolean"),
        };
        var input = new RecipeInput(name, type, Text(fields, "default"), Text(fields, "help") ?? "");
        if (input.DefaultProblem is { } allowed)
            throw Wrong(fields["default"], $"The default of input '{name}' has the wrong type.", input.Default, allowed);
        return input;
    }

    private RecipeStage ReadStage(KeyValuePair<YamlNode, YamlNode> entry)
    {
        var name = Scalar(entry.Key);
        var fields = Entries(entry.Value, $"stage '{name}'", ["command", "options", "learns", "metric", "seconds"]);
        var command = Text(fields, "command") ?? throw Wrong(entry.Value, $"Stage '{name}' has no command.", null, "for example 'command: train sft'");
        var settings = fields.TryGetValue("options", out var options) ? Map(options, $"options of stage '{name}'").Select(ReadSetting).ToList() : [];
        var seconds = Text(fields, "seconds");
        return new RecipeStage(name, command, settings, (int)entry.Key.Start.Line)
        {
            Learns = Text(fields, "learns"),
            Metric = Text(fields, "metric"),
            Seconds = seconds is null ? null : double.TryParse(seconds, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(fields["seconds"], $"Stage '{name}' has a wrong estimate.", seconds, "a number of seconds"),
        };
    }

    private OptionSetting ReadSetting(KeyValuePair<YamlNode, YamlNode> entry)
    {
        var source = $"recipe {Path.GetFileName(_path)}:{entry.Key.Start.Line}";
        return entry.Value switch
        {
            YamlScalarNode scalar => new OptionSetting(Scalar(entry.Key), source, scalar.Value ?? "none"),
            YamlSequenceNode list => new OptionSetting(Scalar(entry.Key), source, [.. list.Children.Select(Scalar)]) { IsList = true },
            _ => throw Wrong(entry.Value, $"Option '{Scalar(entry.Key)}' is a mapping.", null, "a value or a list; write --columns.question=query as 'columns.question: query'"),
        };
    }

    private Dictionary<string, YamlNode> Entries(YamlNode node, string what, string[] allowed)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in Map(node, what))
        {
            var name = Scalar(key);
            if (!allowed.Contains(name))
            {
                var nearest = OptionNames.Nearest(name, allowed);
                throw Wrong(key, $"The {what} has an unknown key.", name, string.Join(", ", allowed), nearest is null ? null : $"did you mean '{nearest}'?");
            }

            entries[name] = value;
        }

        return entries;
    }

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Map(YamlNode node, string what) =>
        node is YamlMappingNode map ? map.Children : throw Wrong(node, $"This is no mapping: {what}.", null, "lines of the form 'key: value'");

    private string? Text(Dictionary<string, YamlNode> entries, string key) =>
        entries.TryGetValue(key, out var node) ? Scalar(node) : null;

    private string Scalar(YamlNode node) =>
        node is YamlScalarNode { Value: { } value } ? value : throw Wrong(node, "A plain value is expected here.", node.NodeType.ToString().ToLowerInvariant(), "a text or number");

    private MedicalGptException Wrong(YamlNode node, string message, string? given, string allowed, string? remedy = null) =>
        new(message) { Place = $"{_path}:{node.Start.Line}", Given = given, Allowed = allowed, Remedy = remedy };
}
