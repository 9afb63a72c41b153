using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>
/// Group relative policy optimisation (Shao et al., DeepSeekMath, 2024, eq. 3): ℓ_t = −min(min(w, δ) A, clip(w, 1 − ε, 1 + ε_high) A) + β k3_t, w = π / π_old of the token,
/// or at sequence level (GSPO, Zheng et al. 2025, eq. 7) the geometric mean over the answer's tokens. δ: INTELLECT-2, 2025. ε_high, token mean: DAPO, Yu et al. 2025, eq. 8.
/// Reduction over answers i with n_i learned tokens: grpo Σ_i (Σ_t ℓ / n_i) / B; dapo and bnpo Σ ℓ / Σ n_i; dr_grpo Σ ℓ / (B · max_completion_length).
/// Departure: (1) B and Σ n_i are those of the optimiser update, not of the micro-batch (bnpo) or of the generation batch (dapo in TRL).
/// </summary>
public static class GrpoLoss
{
    /// <summary>Per-token losses.</summary>
    /// <param name="input">Log-probabilities, advantages, masks.</param>
    /// <param name="options">ε, ε_high, δ, β, level.</param>
    /// <returns>The parts.</returns>
    public static GrpoTerms Terms(GrpoLossInput input, GrpoOptions options)
    {
        var lengths = SegmentMath.Sum(input.Mask, input.Owners, input.Answers);
        var logRatio = input.LogProbs - input.OldLogProbs;
        var advantages = input.Advantages;
        if (options.ImportanceSamplingLevel == ImportanceSamplingLevel.Sequence)
            logRatio = SegmentMath.Sum(logRatio * input.Mask, input.Owners, input.Answers) / lengths.clamp_min(1);
        else
            advantages = SegmentMath.Spread(advantages, input.Owners);

        var ratio = logRatio.exp();
        var clipped = ratio.clamp(1 - options.Epsilon, 1 + (options.EpsilonHigh ?? options.Epsilon));
        var capped = options.Delta is { } delta ? ratio.clamp_max(delta) : ratio;
        var perToken = -minimum(capped * advantages, clipped * advantages);
        if (options.ImportanceSamplingLevel == ImportanceSamplingLevel.Sequence)
            perToken = SegmentMath.Spread(perToken, input.Owners);

        var kl = input.ReferenceLogProbs is { } reference ? Kl.K3(input.LogProbs, reference) : null;
        return new GrpoTerms(kl is null ? perToken : perToken + (options.Beta * kl), ratio.detach(), lengths, kl?.detach());
    }

    /// <summary>Reduces per-token losses.</summary>
    /// <param name="terms">The parts.</param>
    /// <param name="input">Owners and masks.</param>
    /// <param name="options">Loss type and max_completion_length.</param>
    /// <param name="denominators"><c>tokens</c> = Σ n_i and <c>answers</c> = B of the update.</param>
    /// <returns>Scalar.</returns>
    public static Tensor Reduce(GrpoTerms terms, GrpoLossInput input, GrpoOptions options, Denominators denominators)
    {
        var masked = terms.PerToken * input.Mask;
        return options.LossType switch
        {
            GrpoLossType.Grpo => (SegmentMath.Sum(masked, input.Owners, input.Answers) / terms.Lengths.clamp_min(1)).sum() / denominators["answers"],
            GrpoLossType.DrGrpo => masked.sum() / (denominators["answers"] * options.MaxCompletionLength),
            _ => masked.sum() / denominators["tokens"],
        };
    }
}
