using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>Compares what a plugin registered with what it declared at build.</summary>
internal static class DeclarationCheck
{
    /// <summary>Checks one plugin.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="registrations">What it registered.</param>
    /// <exception cref="PluginException">They differ.</exception>
    public static void Check(PluginFolder plugin, IReadOnlyList<Registration> registrations)
    {
        var registered = registrations.Select(r => Text(r.Kind, r.Name, r.OptionsType)).Order(StringComparer.Ordinal).ToArray();
        var declared = plugin.Manifest.Components.Select(c => Text(c.Kind, c.Name, c.OptionsType)).Order(StringComparer.Ordinal).ToArray();
        if (registered.SequenceEqual(declared))
            return;
        throw new PluginException($"Plugin {plugin.Manifest.Id} registers other components than it declares.")
        {
            Place = plugin.Folder,
            Given = "registered: " + List(registered),
            Allowed = "declared: " + List(declared),
            Remedy = "make [assembly: PluginComponent(…)] and Register agree, one for one, and rebuild the plugin",
        };
    }

    private static string Text(string kind, string name, string options) => $"{kind} '{name}' ({options})";

    private static string List(string[] items) => items.Length == 0 ? "none" : string.Join(", ", items);
}
