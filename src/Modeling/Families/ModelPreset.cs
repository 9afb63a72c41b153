namespace MedicalGpt.Modeling;

/// <summary>A known shape of a family, for models with random weights.</summary>
/// <param name="Name">For example <c>qwen2.5-0.5b</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Options">The shape, with the published vocabulary.</param>
public sealed record ModelPreset(string Name, string Summary, DecoderOptions Options);
