using System.Text.Json.Nodes;
using MedicalGpt.Host.CommandLine;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Plugins;

/// <summary><c>medgpt plugins</c>: what is installed. Reads manifests and schemas only, no plugin is loaded.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where it goes.</param>
internal sealed class PluginsCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "plugins";

    /// <inheritdoc/>
    public string Summary => "List the installed plugins and what they give.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [PluginsOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "[COMPONENT]";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "component" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<PluginsOptions>();
        return PreparedCommand.Create(resolution, _ =>
        {
            if (options.Component is { } component)
                Show(component, options.Json);
            else if (options.Json)
                console.Json(new JsonArray([.. components.Catalog.Plugins.Select(PluginJson.Plugin)]));
            else
                List();
            return Task.FromResult(CommandResult.Success);
        });
    }

    private void List()
    {
        var plugins = components.Catalog.Plugins;
        if (plugins.Count == 0)
        {
            console.Line($"No plugins are installed; looked in {string.Join(", ", PluginRoots.Find().DefaultIfEmpty(Path.Combine(AppContext.BaseDirectory, "plugins")))}.");
            return;
        }

        foreach (var kind in plugins.SelectMany(plugin => plugin.Components).GroupBy(component => component.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            console.Line(kind.Key);
            foreach (var component in kind.OrderBy(component => component.Name, StringComparer.Ordinal))
                console.Line($"  {component.Name,-20} {component.Summary} ({component.Plugin} {component.PluginVersion})");
        }

        foreach (var plugin in plugins.Where(plugin => plugin.Problem is not null))
            console.Line($"left out: {plugin.Id} ({plugin.Folder}): {plugin.Problem!.Message}");
        console.Line("Options of a component: medgpt plugins --component NAME");
    }

    private void Show(string name, bool json)
    {
        var found = components.Catalog.Plugins.SelectMany(plugin => plugin.Components).Where(component => component.Name == name).ToList();
        if (found.Count == 0)
            throw Unknown(name);
        foreach (var component in found)
        {
            var options = ComponentSchema.Read(component);
            if (json)
                console.Json(PluginJson.Component(component, options));
            else
                new HelpPrinter(console).PrintComponent($"{component.Kind} {component.Name}: {component.Summary} ({component.Plugin} {component.PluginVersion})", options);
        }
    }

    private PluginException Unknown(string name)
    {
        var names = components.Catalog.Plugins.SelectMany(plugin => plugin.Components).Select(component => component.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        return new PluginException($"No plugin gives a component '{name}'.")
        {
            Place = "--component",
            Allowed = names.Count == 0 ? null : string.Join(", ", names),
            Remedy = OptionNames.Nearest(name, names) is { } nearest ? $"did you mean '{nearest}'?" : "medgpt plugins lists what is installed",
        };
    }
}
