using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>A plugin in a list.</summary>
public sealed record PluginInfo
{
    /// <summary>The assembly's simple name; the folder's name where the manifest cannot be read.</summary>
    public required string Id { get; init; }

    /// <summary>Its version; empty where the manifest cannot be read.</summary>
    public required string Version { get; init; }

    /// <summary>Full path of its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What it gives.</summary>
    public required IReadOnlyList<ComponentInfo> Components { get; init; }

    /// <summary>Why it cannot be used; null where nothing speaks against it so far.</summary>
    public PluginException? Problem { get; init; }
}
