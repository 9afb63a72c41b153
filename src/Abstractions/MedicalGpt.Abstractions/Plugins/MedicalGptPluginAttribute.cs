namespace MedicalGpt.Plugins;

/// <summary>Names the one class through which an assembly registers its components; the host never scans types.</summary>
/// <param name="pluginType">A class with a public parameterless constructor that implements <see cref="IPlugin"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class MedicalGptPluginAttribute(Type pluginType) : Attribute
{
    /// <summary>The plugin class.</summary>
    public Type PluginType { get; } = pluginType;
}
