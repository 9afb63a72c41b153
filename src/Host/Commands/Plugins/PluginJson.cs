using System.Text.Json.Nodes;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Commands.Plugins;

/// <summary>Plugins and components as JSON for programs.</summary>
internal static class PluginJson
{
    /// <summary>A plugin with its components.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <returns>JSON.</returns>
    public static JsonNode Plugin(PluginInfo plugin) => new JsonObject
    {
        ["id"] = plugin.Id,
        ["version"] = plugin.Version,
        ["folder"] = plugin.Folder,
        ["problem"] = plugin.Problem?.Message,
        ["components"] = new JsonArray([.. plugin.Components.Select(component => (JsonNode)Head(component))]),
    };

    /// <summary>A component with its options.</summary>
    /// <param name="component">The component.</param>
    /// <param name="options">Its options.</param>
    /// <returns>JSON.</returns>
    public static JsonNode Component(ComponentInfo component, OptionsDescriptor options)
    {
        var json = Head(component);
        json["plugin"] = component.Plugin;
        json["options"] = new JsonArray([.. OptionHelp.Rows(new OptionSet(options), options).Select(row => (JsonNode)new JsonObject
        {
            ["flag"] = row.Flag,
            ["type"] = row.Type,
            ["default"] = row.Default,
            ["unit"] = row.Unit,
            ["range"] = row.Range,
            ["description"] = row.Description,
        })]);
        return json;
    }

    private static JsonObject Head(ComponentInfo component) => new()
    {
        ["kind"] = component.Kind,
        ["name"] = component.Name,
        ["summary"] = component.Summary,
    };
}
