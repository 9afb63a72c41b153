using System.Reflection;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>The assemblies of the host's default load context, looked at as files: nothing is loaded to know a version.</summary>
internal sealed class HostAssemblies
{
    private const string Torch = "MedicalGpt.Torch";

    private readonly Dictionary<string, string> paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Version?> versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<string?> backend;

    public HostAssemblies()
    {
        var trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        foreach (var path in trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            paths.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        backend = new(() => paths.TryGetValue(Torch, out var path) ? AssemblyFactsReader.Read(path).Metadata.GetValueOrDefault("medgpt.backend") : null);
    }

    /// <summary>Identity of the host's tensor library.</summary>
    public string? Backend => backend.Value;

    /// <summary>True where the host or the framework has the assembly.</summary>
    public bool Contains(string simpleName) => paths.ContainsKey(simpleName);

    /// <summary>The host's version of an assembly; null where it has none.</summary>
    public Version? Version(string simpleName)
    {
        if (!versions.TryGetValue(simpleName, out var version))
            versions[simpleName] = version = paths.TryGetValue(simpleName, out var path) ? AssemblyName.GetAssemblyName(path).Version : null;
        return version;
    }
}
