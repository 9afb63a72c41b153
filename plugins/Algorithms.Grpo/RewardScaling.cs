namespace MedicalGpt.Algorithms.Grpo;

/// <summary>What centred rewards are divided by.</summary>
public enum RewardScaling
{
    /// <summary>Standard deviation of the prompt's own group.</summary>
    Group,

    /// <summary>Standard deviation of the whole collection.</summary>
    Batch,

    /// <summary>Nothing (Dr. GRPO).</summary>
    None,
}
