using System.Reflection;
using System.Runtime.Loader;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>
/// Loads one plugin. What is shared comes from the host first, so that a type is one type; everything else comes from the plugin's folder as its deps.json says.
/// Not collectible in runs: a training run gains nothing from unloading, and native handles would block it.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly SharedSet shared;
    private readonly AssemblyDependencyResolver resolver;

    /// <summary>Makes the context; loads nothing yet.</summary>
    /// <param name="mainDll">The plugin's DLL (a folder would silently resolve nothing).</param>
    /// <param name="shared">What the host shares.</param>
    /// <param name="collectible">True where the plugin can be unloaded.</param>
    public PluginLoadContext(string mainDll, SharedSet shared, bool collectible)
        : base(Path.GetFileNameWithoutExtension(mainDll), collectible)
    {
        if (!File.Exists(mainDll) || Path.GetExtension(mainDll) != ".dll")
            throw new ArgumentException($"'{mainDll}' is not an existing DLL", nameof(mainDll));
        this.shared = shared;
        resolver = new AssemblyDependencyResolver(mainDll);
    }

    /// <summary>True where the plugin's own folder has the assembly.</summary>
    public bool Has(string simpleName, Version version) =>
        resolver.ResolveAssemblyToPath(new AssemblyName(simpleName) { Version = version }) is not null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (shared.Contains(assemblyName.Name))
            return Default.LoadFromAssemblyName(assemblyName);
        return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path && !shared.IsSharedFile(path) ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
