using MedicalGpt.Modeling;
using MedicalGpt.Models.Phi;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(PhiPlugin))]
[assembly: PluginComponent(ComponentKinds.Model, "phi3", typeof(Phi3Options), "Phi-3 and Phi-4-mini (dense): language models and one-label score models.")]

namespace MedicalGpt.Models.Phi;

/// <summary>Registers the Phi model family.</summary>
public sealed class PhiPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IModelFamily, Phi3Options>("phi3", (_, _) => new Phi3Family());
    }
}
