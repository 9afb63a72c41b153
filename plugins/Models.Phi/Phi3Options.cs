using MedicalGpt.Options;

namespace MedicalGpt.Models.Phi;

/// <summary>The family has no options of its own: everything is in <c>config.json</c>.</summary>
[Options("phi3")]
public sealed partial record Phi3Options;
