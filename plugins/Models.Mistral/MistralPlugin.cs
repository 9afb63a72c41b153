using MedicalGpt.Modeling;
using MedicalGpt.Models.Mistral;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(MistralPlugin))]
[assembly: PluginComponent(ComponentKinds.Model, "mistral", typeof(MistralOptions), "Mistral (dense): language models and one-label score models.")]

namespace MedicalGpt.Models.Mistral;

/// <summary>Registers the Mistral model family.</summary>
public sealed class MistralPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IModelFamily, MistralOptions>("mistral", (_, _) => new MistralFamily());
    }
}
