namespace MedicalGpt.Plugins;

/// <summary>Entry point of a plugin assembly.</summary>
public interface IPlugin
{
    /// <summary>Registers the plugin's components. Must be quick: no files, no models, no threads.</summary>
    /// <param name="registry">Where to register.</param>
    void Register(IPluginRegistry registry);
}
