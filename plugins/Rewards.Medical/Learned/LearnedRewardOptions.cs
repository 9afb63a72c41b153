using MedicalGpt.Options;

namespace MedicalGpt.Rewards.Medical.Learned;

/// <summary>Reward <c>learned-reward</c>: the score of a trained reward model.</summary>
[Options("learned_reward")]
public sealed partial record LearnedRewardOptions
{
    /// <summary>Folder of the reward model: a sequence-classification model with one label, as <c>medgpt train rm</c> writes it.</summary>
    [Required]
    [PathExists(PathKind.Directory)]
    public string LearnedRewardPath { get; init; } = "";
}
