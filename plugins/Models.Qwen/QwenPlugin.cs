using MedicalGpt.Modeling;
using MedicalGpt.Models.Qwen;
using MedicalGpt.Plugins;

[assembly: MedicalGptPlugin(typeof(QwenPlugin))]
[assembly: PluginComponent(ComponentKinds.Model, "qwen3", typeof(Qwen3Options), "Qwen3 (dense): language models and one-label score models.")]
[assembly: PluginComponent(ComponentKinds.Model, "qwen2", typeof(Qwen2Options), "Qwen2 and Qwen2.5: language models and one-label score models.")]

namespace MedicalGpt.Models.Qwen;

/// <summary>Registers the Qwen model families.</summary>
public sealed class QwenPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IModelFamily, Qwen2Options>("qwen2", (_, _) => new Qwen2Family());
        registry.Add<IModelFamily, Qwen3Options>("qwen3", (_, _) => new Qwen3Family());
    }
}
