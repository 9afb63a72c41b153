using System.Reflection;
using MedicalGpt.Plugins;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>Loads a plugin that has passed the gate and lets it register.</summary>
internal sealed class PluginLoader(SharedSet shared, ContractGate gate)
{
    /// <summary>Gate, load context, registration, and the check that registration and declaration agree.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="collectible">True where the plugin can be unloaded.</param>
    /// <exception cref="PluginException">It is refused.</exception>
    public LoadedPlugin Load(PluginFolder plugin, bool collectible = false)
    {
        var context = new PluginLoadContext(plugin.MainDll, shared, collectible);
        if (gate.Check(plugin, context.Has) is { } refusal)
            throw refusal;
        try
        {
            var assembly = context.LoadFromAssemblyPath(plugin.MainDll);
            var registry = new ComponentRegistry(plugin);
            Instance(plugin, assembly).Register(registry);
            DeclarationCheck.Check(plugin, registry.Registrations);
            return new LoadedPlugin(plugin, context, registry.Registrations);
        }
        catch (FileNotFoundException error) when (error.FileName is { } name && name.Contains(", Version=", StringComparison.Ordinal))
        {
            var missing = new AssemblyName(name);
            throw ContractGate.MissingAssembly(plugin, missing.Name!, missing.Version, error);
        }
        catch (Exception error) when (error is not MedicalGptException)
        {
            var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
            throw new PluginException($"Plugin {plugin.Manifest.Id} failed while registering: {cause.GetType().Name}: {cause.Message}", cause)
            {
                Place = plugin.Folder,
                Remedy = "this is a fault of the plugin: report it to its authors, with the details that --verbose prints",
            };
        }
    }

    private static IPlugin Instance(PluginFolder plugin, Assembly assembly)
    {
        var type = assembly.GetCustomAttribute<MedicalGptPluginAttribute>()?.PluginType;
        if (type is null)
            throw Refuse(plugin, "names no plugin class", "add [assembly: MedicalGptPlugin(typeof(YourPlugin))] and rebuild");
        if (!typeof(IPlugin).IsAssignableFrom(type) || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
            throw Refuse(plugin, $"names {type.FullName}, which is no plugin class", "the class must implement IPlugin and have a public constructor without parameters");
        return (IPlugin)Activator.CreateInstance(type)!;
    }

    private static PluginException Refuse(PluginFolder plugin, string what, string remedy) =>
        new($"Plugin {plugin.Manifest.Id} {what}.") { Place = plugin.MainDll, Remedy = remedy };
}
