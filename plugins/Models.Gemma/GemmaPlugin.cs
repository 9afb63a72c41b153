using MedicalGpt.Modeling;
using MedicalGpt.Models.Gemma;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(GemmaPlugin))]
[assembly: PluginComponent(ComponentKinds.Model, "gemma2", typeof(Gemma2Options), "Gemma 2: language models and one-label score models.")]
[assembly: PluginComponent(ComponentKinds.Model, "gemma3_text", typeof(Gemma3Options), "Gemma 3, text only: language models and one-label score models.")]

namespace MedicalGpt.Models.Gemma;

/// <summary>Registers the Gemma model families.</summary>
public sealed class GemmaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IModelFamily, Gemma2Options>("gemma2", (_, _) => new Gemma2Family());
        registry.Add<IModelFamily, Gemma3Options>("gemma3_text", (_, _) => new Gemma3Family());
    }
}
