using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.CommandLine;

/// <summary>Finds variables <c>MEDGPT__NAME</c> that no command and no component knows: the environment is shared, so a wrong name is no error, but it should not pass in silence.</summary>
internal static class EnvironmentCheck
{
    /// <summary>One notice for each unknown variable.</summary>
    /// <param name="environment">The environment's layer.</param>
    /// <param name="commands">All commands.</param>
    /// <param name="components">The plugins' components; read only where a command does not know a variable.</param>
    /// <returns>Notices.</returns>
    public static IReadOnlyList<string> Unknown(OptionLayer environment, IReadOnlyList<IHostCommand> commands, InstalledComponents components)
    {
        var unknown = environment.Settings;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var record in Records(commands, components))
        {
            if (unknown.Count == 0)
                return [];
            var set = new OptionSet(record);
            unknown = [.. unknown.Where(setting => set.Unknown(setting) is not null)];
            names.UnionWith(record.Options.Select(option => option.Key));
        }

        return [.. unknown.Select(setting => $"{setting.Source} names no option and has no effect{(OptionNames.Nearest(OptionNames.Normalize(setting.Name), names) is { } nearest ? $"; did you mean MEDGPT__{nearest.ToUpperInvariant()}?" : "")}")];
    }

    private static IEnumerable<OptionsDescriptor> Records(IReadOnlyList<IHostCommand> commands, InstalledComponents components) =>
        commands.SelectMany(command => command.Records)
            .Concat(new[] { ComponentKinds.Dataset, ComponentKinds.Reward }.SelectMany(components.Catalog.List).Select(ComponentSchema.Read))
            .DistinctBy(record => record.TypeName);
}
