namespace MedicalGpt.Plugins.Metadata;

/// <summary>A component in <c>plugin.json</c>.</summary>
internal sealed record ManifestComponent
{
    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Summary { get; init; } = "";

    /// <summary>Full name of the options record.</summary>
    public string OptionsType { get; init; } = "";

    /// <summary>File name of the options' JSON schema.</summary>
    public string Schema { get; init; } = "";

    /// <summary>File name of the options' defaults.</summary>
    public string Defaults { get; init; } = "";
}
