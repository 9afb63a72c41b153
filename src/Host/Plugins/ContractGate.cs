using MedicalGpt.Plugins;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>Decides before any code of a plugin is loaded whether it fits this host: contract versions, tensor library, presence of what it references.</summary>
internal sealed class ContractGate(SharedSet shared, HostAssemblies host)
{
    private const string OwnPrefix = "MedicalGpt.";

    /// <summary>Compares what a plugin was built against with this host.</summary>
    /// <param name="plugin">Id and folder, for messages.</param>
    /// <param name="references">Versions that the plugin was compiled against; names that are not shared are passed over.</param>
    /// <param name="backend">Tensor library that it was compiled for; null where it uses none.</param>
    /// <returns>The refusal; null where it fits.</returns>
    public PluginException? Check(PluginFolder plugin, IEnumerable<KeyValuePair<string, Version>> references, string? backend)
    {
        foreach (var (name, built) in references.Where(reference => shared.Contains(reference.Key)).OrderBy(reference => reference.Key, StringComparer.Ordinal))
        {
            var own = host.Version(name);
            if (own is null || !Fits(name, built, own))
                return WrongVersion(plugin, name, built, own);
        }

        if (backend is null || backend == host.Backend)
            return null;
        return new PluginException($"Plugin {plugin.Manifest.Id} was built for another tensor library.")
        {
            Place = plugin.Folder,
            Given = $"built for '{backend}'",
            Allowed = $"'{host.Backend}', which this host runs on",
            Remedy = "rebuild the plugin with this host's Plugin SDK, or use a host of the plugin's tensor library",
        };
    }

    /// <summary>Checks the compiled DLL itself, right before it is loaded.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="isThere">True where the plugin's own folder has an assembly of that name and version.</param>
    public PluginException? Check(PluginFolder plugin, Func<string, Version, bool> isThere)
    {
        AssemblyFacts facts;
        try
        {
            facts = AssemblyFactsReader.Read(plugin.MainDll);
        }
        catch (BadImageFormatException error)
        {
            return new PluginException($"Plugin {plugin.Manifest.Id}: {plugin.Manifest.Assembly} is not a .NET assembly.", error)
            {
                Place = plugin.MainDll,
                Remedy = "copy the plugin's folder again, or rebuild it",
            };
        }

        if (Check(plugin, facts.References, facts.Metadata.GetValueOrDefault("medgpt.backend")) is { } refusal)
            return refusal;
        foreach (var (name, version) in facts.References.OrderBy(reference => reference.Key, StringComparer.Ordinal))
        {
            if (!shared.Contains(name) && !host.Contains(name) && !isThere(name, version))
                return MissingAssembly(plugin, name, version);
        }

        return null;
    }

    /// <summary>The refusal for a plugin that needs an assembly that is nowhere.</summary>
    public static PluginException MissingAssembly(PluginFolder plugin, string name, Version? version, Exception? cause = null) =>
        new($"Plugin {plugin.Manifest.Id} needs the assembly {name}{(version is null ? "" : " " + version.ToString(3))}, which is neither in its folder nor part of the host.", cause)
        {
            Place = plugin.Folder,
            Remedy = $"put {name}.dll beside {plugin.Manifest.Assembly}, or build the plugin with the Plugin SDK, which copies what it needs",
        };

    /// <summary>Our contracts follow semantic versions (in 0.x the minor counts as major); shared libraries of others only need to be as new in the host.</summary>
    private static bool Fits(string name, Version built, Version own)
    {
        if (!name.StartsWith(OwnPrefix, StringComparison.Ordinal))
            return built <= own;
        return built.Major == own.Major && (own.Major == 0 ? built.Minor == own.Minor : built.Minor <= own.Minor);
    }

    private static PluginException WrongVersion(PluginFolder plugin, string name, Version built, Version? own)
    {
        var allowed = own is null ? "only what this host has" : $"{name} {own.ToString(2)}, which this host has";
        return new PluginException($"Plugin {plugin.Manifest.Id} was built against another version of the contract.")
        {
            Place = plugin.Folder,
            Given = $"built against {name} {built.ToString(2)}",
            Allowed = allowed,
            Remedy = own is null
                ? "update the host"
                : $"rebuild the plugin with MedicalGpt.Plugin.Sdk {own.ToString(2)}, or take the plugin's version for this host",
        };
    }
}
