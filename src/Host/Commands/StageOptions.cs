using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>Where a stage's defaults come from.</summary>
[Options("stage")]
public sealed partial record StageOptions
{
    /// <summary>Set of defaults: medgpt, or trl for TRL's normalisation and oddities (for comparing numbers).</summary>
    public string Preset { get; init; } = "medgpt";
}
