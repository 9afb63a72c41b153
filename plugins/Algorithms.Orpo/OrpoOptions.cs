using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Orpo;

/// <summary>Options of odds-ratio preference optimisation.</summary>
[Options("orpo")]
[StageDefault("learning_rate", 1e-5)]
[Preset("trl", "loss_normalization", "micro_batch")]
[Preset("trl", "learning_rate", 1e-6)]
[Preset("trl", "nll_scope", "full")]
public sealed partial record OrpoOptions
{
    /// <summary>Weight of the odds-ratio term (λ of the paper) beside the language-modelling term.</summary>
    [Range(0, 100)]
    [Alias("lambda_orpo", "orpo_beta", "orpo_lambda")]
    public double Beta { get; init; } = 0.1;

    /// <summary>Tokens of the language-modelling term: answer, the chosen answer; full, the prompt too.</summary>
    public OrpoNllScope NllScope { get; init; } = OrpoNllScope.Answer;

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
