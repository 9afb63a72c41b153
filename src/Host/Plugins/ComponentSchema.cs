using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>Reads the options of a component from its schema file, for help and lists, without loading its plugin.</summary>
public static class ComponentSchema
{
    private const long MaxBytes = 4 << 20;

    /// <summary>The options table that the schema describes.</summary>
    /// <param name="component">The component.</param>
    /// <exception cref="PluginException">The schema is missing or not one of ours.</exception>
    public static OptionsDescriptor Read(ComponentInfo component)
    {
        try
        {
            if (new FileInfo(component.SchemaPath).Length > MaxBytes)
                throw new InvalidDataException($"it is larger than {MaxBytes} bytes");
            return OptionsSchema.Parse(File.ReadAllText(component.SchemaPath));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or MedicalGptException)
        {
            throw new PluginException($"The options schema of {component.Kind} '{component.Name}' cannot be read: {error.Message}", error)
            {
                Place = component.SchemaPath,
                Remedy = "rebuild the plugin with this host's Plugin SDK, or copy its folder again",
            };
        }
    }
}
