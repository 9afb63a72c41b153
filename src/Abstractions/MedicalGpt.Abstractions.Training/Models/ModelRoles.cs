namespace MedicalGpt.Training;

/// <summary>The models an algorithm works with.</summary>
[Flags]
public enum ModelRoles
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A language model that is trained.</summary>
    Policy = 1,

    /// <summary>The frozen policy to stay near (adapter off, a copy, or a folder).</summary>
    Reference = 2,

    /// <summary>A score model that is trained (the reward-model stage).</summary>
    Score = 4,

    /// <summary>A frozen reward model.</summary>
    Reward = 8,

    /// <summary>A value model that is trained beside the policy (PPO).</summary>
    Value = 16,
}
