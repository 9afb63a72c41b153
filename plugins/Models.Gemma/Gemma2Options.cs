using MedicalGpt.Options;

namespace MedicalGpt.Models.Gemma;

/// <summary>The family has no options of its own: everything is in <c>config.json</c>.</summary>
[Options("gemma2")]
public sealed partial record Gemma2Options;
