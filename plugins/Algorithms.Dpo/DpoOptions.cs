using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Dpo;

/// <summary>Options of direct preference optimisation.</summary>
[Options("dpo")]
[StageDefault("learning_rate", 5e-6)]
[Preset("trl", "loss_normalization", "micro_batch")]
[Preset("trl", "learning_rate", 1e-6)]
public sealed partial record DpoOptions
{
    /// <summary>Strength of the pull towards the reference policy: low lets the policy move far.</summary>
    [Range(0, 100, MinExclusive = true)]
    [Alias("dpo_beta")]
    public double Beta { get; init; } = 0.1;

    /// <summary>The contrast between the two answers. sigmoid is DPO of the paper.</summary>
    public DpoLossType LossType { get; init; } = DpoLossType.Sigmoid;

    /// <summary>Share of pairs whose labels are taken to be swapped (used by sigmoid, robust and exo_pair).</summary>
    [Range(0, 0.5, MaxExclusive = true)]
    public double LabelSmoothing { get; init; }

    /// <summary>Weight of an added negative log-likelihood of the chosen answers, which keeps them from becoming less likely; 0 = off, 1 is usual.</summary>
    [Range(0, 100)]
    [Alias("rpo_alpha")]
    public double SftWeight { get; init; }

    /// <summary>Tokens for the prompt. Only the sum with max_target_length counts: a pair that is longer is dropped, never cut.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    [Alias("max_prompt_length")]
    public int MaxSourceLength { get; init; } = 1024;

    /// <summary>Tokens for the answer; see max_source_length.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    [Alias("max_completion_length")]
    public int MaxTargetLength { get; init; } = 512;

    /// <summary>What becomes of a pair that is longer than max_source_length + max_target_length: drop_pair leaves it out, keep_prompt_end cuts the prompt's beginning, cut_answers cuts the answers' ends. All are counted in the report.</summary>
    [Alias("truncation_mode")]
    public PairTruncation Truncation { get; init; } = PairTruncation.DropPair;
}
