using MedicalGpt.Options;

namespace MedicalGpt.Models.Mistral;

/// <summary>The family has no options of its own: everything is in <c>config.json</c>.</summary>
[Options("mistral")]
public sealed partial record MistralOptions;
