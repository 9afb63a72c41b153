using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>A plugin as found on disk.</summary>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Manifest">Its manifest, checked.</param>
internal sealed record PluginFolder(string Folder, PluginManifest Manifest)
{
    /// <summary>Path of its main DLL.</summary>
    public string MainDll => Path.Combine(Folder, Manifest.Assembly);
}
