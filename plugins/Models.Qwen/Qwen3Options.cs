using MedicalGpt.Options;

namespace MedicalGpt.Models.Qwen;

/// <summary>The family has no options of its own: everything is in <c>config.json</c>.</summary>
[Options("qwen3")]
public sealed partial record Qwen3Options;
