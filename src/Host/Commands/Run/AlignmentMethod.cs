namespace MedicalGpt.Host.Commands.Run;

/// <summary>The routes of the guided pipeline.</summary>
public enum AlignmentMethod
{
    /// <summary>SFT, reward model, proximal policy optimisation.</summary>
    Ppo = 1,

    /// <summary>SFT, direct preference optimisation.</summary>
    Dpo,

    /// <summary>SFT, odds-ratio preference optimisation.</summary>
    Orpo,

    /// <summary>SFT, group relative policy optimisation.</summary>
    Grpo,
}
