using MedicalGpt.Data;
using MedicalGpt.Training.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MedicalGpt.Training.Data;

/// <summary>Reads the block <c>configs</c> at the head of a dataset's README.md, in which the hub's datasets say which files are which configuration and split.</summary>
public sealed class DatasetCard
{
    private const int MaxCharacters = 4 << 20;
    private static readonly string[] Known = ["config_name", "data_files", "data_dir", "default", "description", "version", "license", "drop_labels", "drop_metadata"];
    private readonly string path;

    private DatasetCard(string path) => this.path = path;

    /// <summary>The configurations of a folder's README.md; none where it is absent or lists none.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <exception cref="MedicalGptException">The block cannot be read, or names files outside the folder.</exception>
    public static IReadOnlyList<CardConfiguration> Read(string folder)
    {
        var path = Path.Combine(folder, "README.md");
        if (!File.Exists(path))
            return [];
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <summary>The configurations of a README.md; none where it lists none.</summary>
    /// <param name="reader">Its text.</param>
    /// <param name="path">Where it is, for errors.</param>
    /// <exception cref="MedicalGptException">The block cannot be read, or names files outside the dataset's folder.</exception>
    public static IReadOnlyList<CardConfiguration> Read(TextReader reader, string path)
    {
        var card = new DatasetCard(path);
        return card.Head(reader) is { } head && head.Contains("configs:", StringComparison.Ordinal) && card.Root(head).Children.TryGetValue("configs", out var configs) ? card.Configurations(configs) : [];
    }

    // What stands between the first two lines of three dashes.
    private string? Head(TextReader reader)
    {
        if (reader.ReadLine()?.TrimEnd() != "---")
            return null;
        var lines = new List<string>();
        var characters = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.TrimEnd() == "---")
                return string.Join('\n', lines);
            if ((characters += line.Length + 1) > MaxCharacters)
                throw Wrong($"more than {MaxCharacters} characters between two lines of ---", "fewer");
            lines.Add(line);
        }

        return null;
    }

    private YamlMappingNode Root(string head)
    {
        try
        {
            return BoundedYaml.Load(head).Documents is [{ RootNode: YamlMappingNode root }] ? root : throw Wrong("no mapping", "one mapping");
        }
        catch (YamlException error)
        {
            throw new MedicalGptException($"The head of the dataset's README.md is not valid YAML: {error.Message}", error) { Place = $"{path}:{error.Start.Line + 1}", Remedy = "mend it, or name files (--train-file-dir)" };
        }
    }

    private List<CardConfiguration> Configurations(YamlNode node)
    {
        if (node is not YamlSequenceNode list)
            throw Wrong("configs", "a list of configurations, each with config_name and data_files", node);
        var configurations = list.Children.Select(Configuration).ToList();
        var twice = configurations.GroupBy(configuration => configuration.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? configurations : throw Wrong($"the configuration {twice.Key} twice", "each name once", node);
    }

    private CardConfiguration Configuration(YamlNode node)
    {
        if (node is not YamlMappingNode map)
            throw Wrong("a configuration", "a mapping with config_name and data_files", node);
        var members = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
            if (!members.TryAdd(Scalar(key), value))
                throw Wrong($"{Scalar(key)} twice", "each once", key); // keys that differ by their tags alone
        return new CardConfiguration(
            members.TryGetValue("config_name", out var name) ? Scalar(name) : "default",
            members.TryGetValue("default", out var isDefault) && Scalar(isDefault).Equals("true", StringComparison.OrdinalIgnoreCase),
            members.TryGetValue("data_dir", out var folder) ? Inside(folder).TrimEnd('/') : "",
            members.TryGetValue("data_files", out var files) ? Splits(files) : [])
        {
            Unread = [.. members.Keys.Except(Known)],
        };
    }

    // One pattern or a list of them is the split train; else split and path are named.
    private List<CardSplit> Splits(YamlNode files) => files switch
    {
        YamlScalarNode or YamlSequenceNode { Children: [YamlScalarNode, ..] } => [new CardSplit("train", Patterns(files))],
        YamlMappingNode splits => [.. splits.Children.Select(split => new CardSplit(Scalar(split.Key), Patterns(split.Value)))],
        YamlSequenceNode list => list.Children.Select(Split).ToList(),
        _ => throw Wrong("data_files", "a pattern, or a list of split and path", files),
    };

    private CardSplit Split(YamlNode node) =>
        node is YamlMappingNode map && map.Children.TryGetValue("split", out var name) && map.Children.TryGetValue("path", out var files)
            ? new CardSplit(Scalar(name), Patterns(files))
            : throw Wrong("data_files", "split and path of each", node);

    private IReadOnlyList<string> Patterns(YamlNode node) => node is YamlSequenceNode list ? [.. list.Children.Select(Inside)] : [Inside(node)];

    private string Inside(YamlNode node)
    {
        var pattern = Scalar(node);
        pattern = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern;
        var isInside = pattern.Length > 0 && !pattern.Contains("://", StringComparison.Ordinal) && !pattern.StartsWith('/') && !pattern.Split('/', '\\').Contains("..");
        return isInside ? pattern == "." ? "" : pattern : throw Wrong($"files at \"{pattern}\"", "files in the dataset's own folder", node);
    }

    private string Scalar(YamlNode node) => node is YamlScalarNode { Value: { } value } ? value : throw Wrong("what is no text", "a text", node);

    private MedicalGptException Wrong(string given, string allowed, YamlNode? node = null) =>
        new("The configurations in the dataset's README.md cannot be read.") { Place = node is null ? path : $"{path}:{node.Start.Line + 1}", Given = given, Allowed = allowed, Remedy = "mend them, or name files (--train-file-dir)" };
}
