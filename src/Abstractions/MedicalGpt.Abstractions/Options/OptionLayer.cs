using System.Text.Json;

namespace MedicalGpt.Options;

/// <summary>One source of settings: command line, environment, recipe, preset, stage default.</summary>
/// <param name="name">Name of the layer for people, such as <c>command line</c>.</param>
/// <param name="settings">The settings in the order given; each says its own source (a recipe with its line).</param>
public sealed class OptionLayer(string name, IEnumerable<OptionSetting> settings)
{
    /// <summary>Name of the layer that flags come from.</summary>
    public const string CommandLineName = "command line";

    private const string EnvironmentPrefix = "MEDGPT__";

    /// <summary>Name of the layer.</summary>
    public string Name { get; } = name;

    /// <summary>The settings in the order given.</summary>
    public IReadOnlyList<OptionSetting> Settings { get; } = settings.ToArray();

    /// <summary>What is wrong with the layer's form, such as a value without a flag; resolving reports it with all other errors.</summary>
    public IReadOnlyList<OptionError> Errors { get; init; } = [];

    /// <summary>True for a layer that several stages share (an environment, a recipe's common part): keys of other stages are passed over.
    /// Whoever makes such a layer checks its keys against all stages with <see cref="OptionSet.Unknown"/>.</summary>
    public bool IsShared { get; init; }

    /// <summary>A layer of JSON as <see cref="OptionProvenance.WriteJson"/> writes it, or of plain values by key. Secrets, which were never stored, are left out.</summary>
    /// <param name="name">Name of the layer, such as <c>run outputs/dpo/run.json</c>.</param>
    /// <param name="options">The object.</param>
    public static OptionLayer FromJson(string name, JsonElement options) =>
        new(name, options.EnumerateObject().SelectMany(item => OptionJson.Settings(name, item.Name, item.Value)));

    /// <summary>The layer of the environment: <c>MEDGPT__BETA=0.2</c> is <c>beta</c>, <c>MEDGPT__COLUMNS__question=q</c> is <c>columns.question</c>. Other names are not ours.</summary>
    /// <param name="variables">Names and values of the process.</param>
    public static OptionLayer FromEnvironment(IEnumerable<KeyValuePair<string, string>> variables) =>
        new("environment", variables
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new OptionSetting(
                variable.Key[EnvironmentPrefix.Length..].Replace("__", ".", StringComparison.Ordinal),
                "environment " + variable.Key,
                variable.Value)));
}
