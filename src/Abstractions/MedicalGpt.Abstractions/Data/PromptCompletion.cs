namespace MedicalGpt.Data;

/// <summary>A prompt and its answer as plain strings, without a chat template.</summary>
/// <param name="Prompt">Text that is conditioned on and not learned.</param>
/// <param name="Completion">Text that is learned, followed by the end-of-sequence token.</param>
public sealed record PromptCompletion(string Prompt, string Completion) : Example;
