using MedicalGpt.Data;

namespace MedicalGpt.Rewards;

/// <summary>One answer to be scored.</summary>
/// <param name="Prompt">The dialogue the policy saw; empty for pre-tokenised prompts.</param>
/// <param name="Completion">The answer as text, special tokens removed.</param>
/// <param name="CompletionIds">The answer's token ids, with its end token when it ended.</param>
/// <param name="Reference">Columns of the dataset row, for example <c>answer</c>.</param>
/// <param name="Finished">True when the policy ended the answer itself, false when it was cut at the length limit.</param>
public sealed record RewardSample(
    IReadOnlyList<Message> Prompt,
    string Completion,
    IReadOnlyList<int> CompletionIds,
    IReadOnlyDictionary<string, string> Reference,
    bool Finished);
