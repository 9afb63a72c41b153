using MedicalGpt.Modeling;
using MedicalGpt.Models.Llama;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(LlamaPlugin))]
[assembly: PluginComponent(ComponentKinds.Model, "llama", typeof(LlamaOptions), "Llama 1, 2 and 3: language models and one-label score models.")]

namespace MedicalGpt.Models.Llama;

/// <summary>Registers the Llama model family.</summary>
public sealed class LlamaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IModelFamily, LlamaOptions>("llama", (_, _) => new LlamaFamily());
    }
}
