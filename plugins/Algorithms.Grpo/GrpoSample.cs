using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>An answer with what is learned from it.</summary>
/// <param name="Rollout">Prompt and answer.</param>
/// <param name="Group">Number of its prompt in the collection.</param>
/// <param name="Advantage">A.</param>
/// <param name="Learned">False = masked (cut at the length limit).</param>
public sealed record GrpoSample(Rollout Rollout, int Group, double Advantage, bool Learned)
{
    /// <summary>log π of the sampling policy by token; null = the current policy is it.</summary>
    public float[]? Old { get; init; }

    /// <summary>log π_ref by token; null without KL penalty.</summary>
    public float[]? Reference { get; init; }

    /// <summary>Tokens of the answer.</summary>
    public int Length => Rollout.CompletionIds.Length;
}
