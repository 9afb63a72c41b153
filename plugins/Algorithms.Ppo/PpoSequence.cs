using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>An answer with what is learned from it. T tokens, K slots: one per token, and one after the end where the score is given there.</summary>
/// <param name="Rollout">Prompt and answer.</param>
/// <param name="Slots">K: positions that have a reward and a value.</param>
public sealed record PpoSequence(Rollout Rollout, int Slots)
{
    /// <summary>T.</summary>
    public int Tokens => Rollout.CompletionIds.Length;

    /// <summary>log π of the sampling policy, [T].</summary>
    public float[] Old { get; init; } = [];

    /// <summary>log π_ref, [T].</summary>
    public float[] Reference { get; init; } = [];

    /// <summary>Values before the update, [K].</summary>
    public float[] Values { get; init; } = [];

    /// <summary>Score of the whole answer, penalties included.</summary>
    public double Score { get; init; }

    /// <summary>Whitened advantages, [T].</summary>
    public double[] Advantages { get; init; } = [];

    /// <summary>Returns, [K].</summary>
    public double[] Returns { get; init; } = [];
}
