namespace MedicalGpt.Data;

/// <summary>A prompt row that is already token ids: <c>prompt_ids</c>.</summary>
/// <param name="PromptIds">Ids of the prompt.</param>
/// <param name="Reference">Columns of the row for reward functions.</param>
public sealed record TokenizedPrompt(int[] PromptIds, IReadOnlyDictionary<string, string> Reference) : Example;
