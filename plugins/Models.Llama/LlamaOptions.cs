using MedicalGpt.Options;

namespace MedicalGpt.Models.Llama;

/// <summary>The family has no options of its own: everything is in <c>config.json</c>.</summary>
[Options("llama")]
public sealed partial record LlamaOptions;
