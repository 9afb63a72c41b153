using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data sources [NAME]</c>: the published datasets that plugins know by name, with their licences.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where the list goes.</param>
internal sealed class DataSourcesCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "data sources";

    /// <inheritdoc/>
    public string Summary => "List the published datasets that are known by name, with their licences.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataSourcesOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "NAME";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "name" : null;

    /// <inheritdoc/>
    public string? Notes => "Read one with --dataset-name NAME --dataset-config-name CONFIGURATION. Licences are as the publishers state them: check them for your use.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<DataSourcesOptions>();
        return PreparedCommand.Create(resolution, _ =>
        {
            var sources = Sources(options.Name);
            if (options.Json)
                console.Json(new JsonObject { ["sources"] = new JsonArray([.. sources.Select(Json)]) });
            else
                foreach (var line in sources.SelectMany(source => Lines(source, options.Name is not null)))
                    console.Line(line);
            return Task.FromResult(CommandResult.Success);
        });
    }

    private IReadOnlyList<DatasetSource> Sources(string? name)
    {
        var tables = components.Reading(new DataReadOptions()).Published;
        if (name is null)
            return tables.Value;
        return PublishedDatasets.Find(tables, name) is { } source ? [source] : throw new MedicalGptException("No published dataset is known by this name.")
        {
            Given = name,
            Allowed = string.Join(", ", tables.Value.Select(each => each.Name)),
            Remedy = PublishedDatasets.Nearest(tables, name) is { } nearest ? $"did you mean '{nearest}'?" : null,
        };
    }

    private static IEnumerable<string> Lines(DatasetSource source, bool isWhole)
    {
        yield return $"{source.Name}: {source.Summary}";
        yield return $"  licence:        {source.Licence}";
        yield return $"  from:           {(source.Repository is { } repository ? $"medgpt data pull {repository}" : source.Homepage)}";
        if (!isWhole)
        {
            yield return $"  configurations: {string.Join(", ", source.Configurations.Select(configuration => configuration.Name))}";
            yield break;
        }

        yield return $"  described:      {source.Homepage}";
        foreach (var configuration in source.Configurations)
        {
            yield return $"  {configuration.Name} ({configuration.Kind.ToString().ToLowerInvariant()} rows){(configuration.Notice is { } notice ? $": {notice}" : "")}";
            foreach (var (split, patterns) in configuration.Files)
                yield return $"    {split}: {string.Join(" or ", patterns)}";
            foreach (var (field, column) in configuration.Columns)
                yield return $"    --columns.{field}='{column}'";
        }
    }

    private static JsonObject Json(DatasetSource source) => new()
    {
        ["name"] = source.Name,
        ["aliases"] = new JsonArray([.. source.Aliases.Select(alias => (JsonNode)alias)]),
        ["summary"] = source.Summary,
        ["repository"] = source.Repository,
        ["licence"] = source.Licence,
        ["homepage"] = source.Homepage,
        ["configurations"] = new JsonArray([.. source.Configurations.Select(configuration => (JsonNode)new JsonObject
        {
            ["name"] = configuration.Name,
            ["kind"] = configuration.Kind.ToString().ToLowerInvariant(),
            ["files"] = new JsonObject(configuration.Files.Select(split => KeyValuePair.Create(split.Key, (JsonNode?)new JsonArray([.. split.Value.Select(pattern => (JsonNode)pattern)])))),
            ["columns"] = new JsonObject(configuration.Columns.Select(column => KeyValuePair.Create(column.Key, (JsonNode?)column.Value))),
            ["notice"] = configuration.Notice,
        })]),
    };
}
