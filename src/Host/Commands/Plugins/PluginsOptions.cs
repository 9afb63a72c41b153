using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Plugins;

/// <summary>What is listed about plugins.</summary>
[Options("plugins")]
public sealed partial record PluginsOptions
{
    /// <summary>Show the options of this component (for example dpo, exact-answer or medical-quickstart) instead of the list.</summary>
    public string? Component { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
