using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.RewardModel;

/// <summary>Options of reward modelling.</summary>
[Options("rm")]
[StageDefault("learning_rate", 2e-5)]
[Preset("trl", "loss_normalization", "micro_batch")]
[Preset("trl", "learning_rate", 1e-4)]
public sealed partial record RewardModelOptions
{
    /// <summary>Tokens for the prompt. Only the sum with max_target_length counts: a pair that is longer is dropped, never cut.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    public int MaxSourceLength { get; init; } = 1024;

    /// <summary>Tokens for the answer; see max_source_length.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    public int MaxTargetLength { get; init; } = 512;

    /// <summary>What becomes of a pair that is longer than max_source_length + max_target_length: drop_pair leaves it out, keep_prompt_end cuts the prompt's beginning, cut_answers cuts the answers' ends. All are counted in the report.</summary>
    [Alias("truncation_mode")]
    public PairTruncation Truncation { get; init; } = PairTruncation.DropPair;

    /// <summary>Weight of (r_chosen + r_rejected)², which keeps rewards centred on zero; 0 = off, 0.01 is the published value.</summary>
    [Range(0, 100)]
    public double CenterRewardsCoefficient { get; init; }
}
