namespace MedicalGpt.Plugins;

/// <summary>A component as its plugin's manifest lists it; nothing of the plugin is loaded to know it.</summary>
public sealed record ComponentInfo
{
    /// <summary>One of <see cref="ComponentKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name users write.</summary>
    public required string Name { get; init; }

    /// <summary>One line for lists.</summary>
    public required string Summary { get; init; }

    /// <summary>Full name of its options record.</summary>
    public required string OptionsType { get; init; }

    /// <summary>Id of the plugin that gives it.</summary>
    public required string Plugin { get; init; }

    /// <summary>Version of the plugin.</summary>
    public required string PluginVersion { get; init; }

    /// <summary>The plugin's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Path of the JSON schema of its options.</summary>
    public required string SchemaPath { get; init; }

    /// <summary>Path of the commented defaults of its options.</summary>
    public required string DefaultsPath { get; init; }
}
