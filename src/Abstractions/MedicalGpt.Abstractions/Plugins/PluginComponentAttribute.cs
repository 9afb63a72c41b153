namespace MedicalGpt.Plugins;

/// <summary>
/// Declares a component that the plugin registers. The build reads it from compiled metadata and writes <c>plugin.json</c>, the component's schema and its defaults file,
/// so that lists and help need not load the plugin; loading checks that registration and declaration agree.
/// </summary>
/// <param name="kind">One of <see cref="ComponentKinds"/>.</param>
/// <param name="name">The name users write: lower-case letters, digits and hyphens.</param>
/// <param name="optionsType">The component's options record, of the plugin's own assembly.</param>
/// <param name="summary">One line for lists.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PluginComponentAttribute(string kind, string name, Type optionsType, string summary) : Attribute
{
    /// <summary>Kind of the component.</summary>
    public string Kind { get; } = kind;

    /// <summary>Name of the component.</summary>
    public string Name { get; } = name;

    /// <summary>Its options record.</summary>
    public Type OptionsType { get; } = optionsType;

    /// <summary>One line for lists.</summary>
    public string Summary { get; } = summary;
}
