using MedicalGpt.Data;
using MedicalGpt.Rewards;

namespace MedicalGpt.Training;

/// <summary>What rewards and people see of an answer.</summary>
public static class RolloutSamples
{
    /// <summary>An answer for reward functions.</summary>
    /// <param name="row">The prompt's row.</param>
    /// <param name="rollout">The answer.</param>
    /// <param name="encoder">Decodes it.</param>
    /// <returns>The sample.</returns>
    public static RewardSample ForReward(EncodedExample row, Rollout rollout, IExampleEncoder encoder) =>
        new(Messages(row.Source), encoder.Decode(rollout.CompletionIds), rollout.CompletionIds, Reference(row.Source), rollout.Finished);

    /// <summary>An answer for people.</summary>
    /// <param name="row">The prompt's row.</param>
    /// <param name="rollout">The answer.</param>
    /// <param name="reward">Its reward; NaN where none applies.</param>
    /// <param name="encoder">Decodes it.</param>
    /// <returns>The record.</returns>
    public static SampleRecord ForPeople(EncodedExample row, Rollout rollout, double reward, IExampleEncoder encoder)
    {
        var messages = Messages(row.Source);
        var prompt = messages.Count > 0 ? string.Join("\n", messages.Select(m => $"{m.Role}: {m.Content}")) : encoder.Decode(rollout.PromptIds);
        return new SampleRecord(prompt, encoder.Decode(rollout.CompletionIds), double.IsNaN(reward) ? null : reward, Reference(row.Source).GetValueOrDefault("answer"));
    }

    private static IReadOnlyList<Message> Messages(Example source) => source is Prompt prompt ? prompt.Messages : [];

    private static IReadOnlyDictionary<string, string> Reference(Example source) => source switch
    {
        Prompt prompt => prompt.Reference,
        TokenizedPrompt prompt => prompt.Reference,
        _ => new Dictionary<string, string>(),
    };
}
