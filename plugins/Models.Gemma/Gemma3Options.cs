using MedicalGpt.Options;

namespace MedicalGpt.Models.Gemma;

/// <summary>The family has no options of its own: everything is in <c>config.json</c>.</summary>
[Options("gemma3_text")]
public sealed partial record Gemma3Options;
