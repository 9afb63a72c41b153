using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>How a chat starts.</summary>
[Options("chat")]
public sealed partial record ChatOptions
{
    /// <summary>Instructions to the model that stand before the dialogue.</summary>
    [Alias("system_prompt")]
    public string? System { get; init; }
}
