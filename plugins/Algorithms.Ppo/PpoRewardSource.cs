namespace MedicalGpt.Algorithms.Ppo;

/// <summary>Who scores an answer.</summary>
public enum PpoRewardSource
{
    /// <summary>The reward model (<c>--reward_model_path</c>).</summary>
    Model,

    /// <summary>Reward functions from plugins (<c>--reward_functions</c>).</summary>
    Functions,

    /// <summary>Reward model plus reward functions.</summary>
    Both,
}
