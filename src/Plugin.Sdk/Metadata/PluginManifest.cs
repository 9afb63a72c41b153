namespace MedicalGpt.Plugins.Metadata;

/// <summary><c>plugin.json</c>: what a plugin is and gives, written at its build.</summary>
internal sealed record PluginManifest
{
    /// <summary>File name in the plugin's folder.</summary>
    public const string FileName = "plugin.json";

    /// <summary>The format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; }

    /// <summary>The assembly's simple name.</summary>
    public string Id { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>File name of the main DLL.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>Versions of the shared assemblies it was compiled against.</summary>
    public IReadOnlyDictionary<string, string> Contracts { get; init; } = new Dictionary<string, string>();

    /// <summary>Identity of the tensor library it was compiled for; null where it uses no tensors.</summary>
    public string? Backend { get; init; }

    public IReadOnlyList<ManifestComponent> Components { get; init; } = [];
}
