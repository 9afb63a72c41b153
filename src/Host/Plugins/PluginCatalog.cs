using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Plugins.Metadata;
using Microsoft.Extensions.Logging;

namespace MedicalGpt.Host.Plugins;

/// <summary>
/// The plugins of a host. Opening reads manifests only. A plugin that cannot be used is a warning until someone asks for one of its components; then it is the error.
/// </summary>
public sealed class PluginCatalog : IComponentSource
{
    private readonly SharedSet shared;
    private readonly PluginLoader loader;
    private readonly ILogger? log;
    private readonly IReadOnlyList<(PluginInfo Info, PluginFolder? Folder)> plugins;
    private readonly Dictionary<string, LoadedPlugin> loaded = new(StringComparer.Ordinal);
    private readonly Lock loading = new();

    private PluginCatalog(SharedSet shared, PluginLoader loader, IReadOnlyList<(PluginInfo Info, PluginFolder? Folder)> plugins, ILogger? log)
    {
        this.shared = shared;
        this.loader = loader;
        this.log = log;
        this.plugins = plugins;
    }

    /// <summary>Every plugin found, also those that cannot be used.</summary>
    public IReadOnlyList<PluginInfo> Plugins => [.. plugins.Select(plugin => plugin.Info)];

    /// <summary>Reads the manifests below folders; loads nothing.</summary>
    /// <param name="roots">Folders as <see cref="PluginRoots.Find"/> gives them.</param>
    /// <param name="log">Gets a warning for each plugin that cannot be used.</param>
    public static PluginCatalog Open(IReadOnlyList<string> roots, ILogger? log = null)
    {
        var shared = SharedSet.Load();
        var gate = new ContractGate(shared, new HostAssemblies());
        var plugins = new PluginDiscovery(gate).Find(roots);
        foreach (var (info, _) in plugins)
        {
            if (info.Problem is { } problem)
                log?.LogWarning("{Problem} It is left out. ({Folder})", problem.Message, info.Folder);
        }

        return new PluginCatalog(shared, new PluginLoader(shared, gate), plugins, log);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ComponentInfo> List(string kind) =>
        [.. from plugin in plugins
            where plugin.Info.Problem is null
            from component in plugin.Info.Components
            where component.Kind == kind
            orderby component.Name
            select component];

    /// <inheritdoc/>
    public RegisteredComponent<T> Get<T>(string name)
        where T : class
    {
        var kind = ComponentRegistry.KindOf(typeof(T)) ?? throw new ArgumentException($"{typeof(T)} has no [ComponentContract]", nameof(name));
        var owners = (from plugin in plugins
                      from component in plugin.Info.Components
                      where component.Kind == kind && component.Name == name
                      select (plugin.Info, plugin.Folder, Component: component)).ToArray();
        switch (owners)
        {
            case []:
                throw Unknown(kind, name);
            case [var only]:
                if (only.Info.Problem is { } problem)
                    throw problem;
                return Load(only.Folder!).Get<T>(only.Component);
            default:
                throw new PluginException($"{owners.Length} plugins give the {kind} '{name}'.")
                {
                    Place = string.Join(" and ", owners.Select(owner => owner.Info.Folder)),
                    Allowed = "one plugin for each name",
                    Remedy = "remove or rename one of the folders, or take its parent out of " + PluginRoots.Variable + " or --plugins",
                };
        }
    }

    private LoadedPlugin Load(PluginFolder plugin)
    {
        lock (loading)
        {
            if (!loaded.TryGetValue(plugin.Folder, out var result))
            {
                WarnOfCopies(plugin);
                loaded[plugin.Folder] = result = loader.Load(plugin);
            }

            return result;
        }
    }

    /// <summary>The build refuses copies of what the host shares; one that got in afterwards is harmless, since the host's own is used.</summary>
    private void WarnOfCopies(PluginFolder plugin)
    {
        foreach (var file in Directory.EnumerateFiles(plugin.Folder).Where(shared.IsSharedFile).Order(StringComparer.Ordinal))
            log?.LogWarning("Plugin {Plugin} brings its own {File}; the host's is used. ({Folder})", plugin.Manifest.Id, Path.GetFileName(file), plugin.Folder);
    }

    private PluginException Unknown(string kind, string name)
    {
        var names = List(kind).Select(component => component.Name).Distinct(StringComparer.Ordinal).ToArray();
        var broken = plugins.Where(plugin => plugin.Info.Problem is not null).Select(plugin => $"{plugin.Info.Folder}: {plugin.Info.Problem!.Message}").ToArray();
        var remedy = OptionNames.Nearest(name, names) is { } nearest
            ? $"did you mean '{nearest}'?"
            : plugins.Count == 0
                ? $"no plugins are installed: put them into {Path.Combine(AppContext.BaseDirectory, "plugins")}, or name their folder with {PluginRoots.Variable} or --plugins"
                : $"install the plugin that gives it: name its folder with {PluginRoots.Variable} or --plugins";
        if (broken.Length > 0)
            remedy += "; left out: " + string.Join(" | ", broken);
        return new PluginException($"No plugin gives the {kind} '{name}'.")
        {
            Allowed = names.Length == 0 ? null : string.Join(", ", names),
            Remedy = remedy,
        };
    }
}
