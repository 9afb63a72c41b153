namespace MedicalGpt.Training;

/// <summary>One answer of the policy.</summary>
/// <param name="PromptIds">Token ids of the prompt.</param>
/// <param name="CompletionIds">Token ids of the answer; ends with a stop token when <paramref name="Finished"/>.</param>
/// <param name="Finished">True when the policy ended the answer itself; false when it was cut at the limit.</param>
public sealed record Rollout(int[] PromptIds, int[] CompletionIds, bool Finished);
