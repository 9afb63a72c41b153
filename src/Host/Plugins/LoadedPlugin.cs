using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>A plugin in memory.</summary>
/// <param name="Plugin">Where it came from.</param>
/// <param name="Context">Its load context.</param>
/// <param name="Registrations">What it registered.</param>
internal sealed record LoadedPlugin(PluginFolder Plugin, PluginLoadContext Context, IReadOnlyList<Registration> Registrations)
{
    /// <summary>A component that it registered.</summary>
    /// <param name="info">What the manifest says about it.</param>
    public RegisteredComponent<T> Get<T>(ComponentInfo info)
        where T : class =>
        (RegisteredComponent<T>)Registrations.First(r => r.Kind == info.Kind && r.Name == info.Name).Complete(info);
}
