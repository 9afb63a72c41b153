using MedicalGpt.Plugins;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>Finds plugins by their manifests.</summary>
internal sealed class PluginDiscovery(ContractGate gate)
{
    /// <summary>Every plugin below the roots, in order of roots and folder names; those that cannot be used carry their problem.</summary>
    public IReadOnlyList<(PluginInfo Info, PluginFolder? Folder)> Find(IEnumerable<string> roots) =>
        [.. roots.SelectMany(Folders).Distinct(StringComparer.Ordinal).Select(Read)];

    private static IEnumerable<string> Folders(string root) =>
        IsPlugin(root) ? [root] : Directory.EnumerateDirectories(root).Where(IsPlugin).Order(StringComparer.Ordinal);

    private static bool IsPlugin(string folder) => File.Exists(Path.Combine(folder, PluginManifest.FileName));

    private (PluginInfo Info, PluginFolder? Folder) Read(string folder)
    {
        try
        {
            var plugin = ManifestReader.Read(folder);
            return (new PluginInfo
            {
                Id = plugin.Manifest.Id,
                Version = plugin.Manifest.Version,
                Folder = folder,
                Components = [.. plugin.Manifest.Components.Select(component => Info(plugin, component))],
                Problem = gate.Check(plugin, Versions(plugin.Manifest), plugin.Manifest.Backend),
            }, plugin);
        }
        catch (PluginException problem)
        {
            return (new PluginInfo { Id = Path.GetFileName(folder), Version = "", Folder = folder, Components = [], Problem = problem }, null);
        }
    }

    private static IEnumerable<KeyValuePair<string, Version>> Versions(PluginManifest manifest) =>
        from contract in manifest.Contracts
        select KeyValuePair.Create(contract.Key, Version.TryParse(contract.Value, out var version) ? version : new Version(0, 0));

    private static ComponentInfo Info(PluginFolder plugin, ManifestComponent component) => new()
    {
        Kind = component.Kind,
        Name = component.Name,
        Summary = component.Summary,
        OptionsType = component.OptionsType,
        Plugin = plugin.Manifest.Id,
        PluginVersion = plugin.Manifest.Version,
        Folder = plugin.Folder,
        SchemaPath = Path.Combine(plugin.Folder, component.Schema),
        DefaultsPath = Path.Combine(plugin.Folder, component.Defaults),
    };
}
