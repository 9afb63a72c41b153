using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>One call of <see cref="IPluginRegistry.Add"/>.</summary>
/// <param name="Kind">Kind of the contract.</param>
/// <param name="Name">Name of the component.</param>
/// <param name="OptionsType">Full name of the options record.</param>
/// <param name="Complete">Joins it with what the manifest says, to a <c>RegisteredComponent&lt;T&gt;</c>.</param>
internal sealed record Registration(string Kind, string Name, string OptionsType, Func<ComponentInfo, object> Complete);
