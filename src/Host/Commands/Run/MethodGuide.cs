namespace MedicalGpt.Host.Commands.Run;

/// <summary>When to choose which route, and what it needs.</summary>
internal static class MethodGuide
{
    /// <summary>One line of advice.</summary>
    /// <param name="method">The route.</param>
    /// <returns>Advice.</returns>
    public static string Advice(AlignmentMethod method) => method switch
    {
        AlignmentMethod.Ppo => "SFT -> reward model -> PPO. The classic pipeline: choose it when you want a reusable reward model; most parts, most memory, needs the most tuning.",
        AlignmentMethod.Dpo => "SFT -> DPO. Choose it when you have preference pairs: no reward model, stable, little memory, usually as good as PPO or better.",
        AlignmentMethod.Orpo => "SFT -> ORPO. Choose it to save the reference model: preference and language loss at once, less forgetting; less experience with it in the field.",
        AlignmentMethod.Grpo => "SFT -> GRPO. Choose it when answers can be checked by a reward function: no reward or value model, least memory; needs several answers per prompt.",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    /// <summary>True when the route learns from preference pairs.</summary>
    /// <param name="method">The route.</param>
    /// <returns>Whether.</returns>
    public static bool NeedsPairs(AlignmentMethod method) => method != AlignmentMethod.Grpo;

    /// <summary>True when the route samples answers to prompts.</summary>
    /// <param name="method">The route.</param>
    /// <returns>Whether.</returns>
    public static bool NeedsPrompts(AlignmentMethod method) => method is AlignmentMethod.Ppo or AlignmentMethod.Grpo;
}
