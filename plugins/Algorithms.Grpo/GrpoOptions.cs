using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>Options of group relative policy optimisation.</summary>
[Options("grpo")]
[StageDefault("learning_rate", 1e-6)]
[Preset("trl", "num_generations", 8)]
public sealed partial record GrpoOptions
{
    /// <summary>Answers per prompt, G; they are judged against each other. per_device_train_batch_size counts answers, and times steps_per_generation it must be a multiple of G.</summary>
    [Range(2, 4096)]
    [Unit("answers")]
    [Alias("group_size")]
    public int NumGenerations { get; init; } = 4;

    /// <summary>Answers per prompt in evaluation.</summary>
    [Range(1, 4096)]
    [Unit("answers")]
    public int NumGenerationsEval { get; init; } = 1;

    /// <summary>Tokens of a prompt; a longer one is dropped.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    [Alias("max_prompt_length")]
    public int MaxSourceLength { get; init; } = 1024;

    /// <summary>What becomes of a prompt that is longer than max_source_length: drop_row leaves it out, keep_end cuts its beginning. Both are counted in the report.</summary>
    [Alias("truncation_mode")]
    public PromptTruncation Truncation { get; init; } = PromptTruncation.DropRow;

    /// <summary>Most tokens of an answer, its end token included.</summary>
    [Range(1, 1_048_576)]
    [Unit("tokens")]
    [Alias("max_target_length", "response_length", "max_new_tokens")]
    public int MaxCompletionLength { get; init; } = 512;

    /// <summary>Logits are divided by it, in sampling and in the loss.</summary>
    [Range(0, 100, MinExclusive = true)]
    public double Temperature { get; init; } = 1.0;

    /// <summary>Temperature in evaluation; 0 = the most likely token.</summary>
    [Range(0, 100)]
    public double EvalTemperature { get; init; }

    /// <summary>Smallest probability mass that sampling keeps; 1 = all. Not replayed in the loss.</summary>
    [Range(0, 1, MinExclusive = true)]
    public double TopP { get; init; } = 1.0;

    /// <summary>Most tokens that sampling keeps; 0 = all. Not replayed in the loss.</summary>
    [Range(0, 1_000_000)]
    public int TopK { get; init; }

    /// <summary>Weight of the KL penalty towards the reference policy; 0 = off, no reference is read.</summary>
    [Range(0, 100)]
    [Alias("kl_coef")]
    public double Beta { get; init; }

    /// <summary>Times that each collection of answers is learned from.</summary>
    [Range(1, 1000)]
    public int NumIterations { get; init; } = 1;

    /// <summary>Micro-batches that one collection of answers fills; default: gradient_accumulation_steps (one update per collection). Must be a multiple of it.</summary>
    [Range(1, 100_000)]
    [Unit("micro-batches")]
    public int? StepsPerGeneration { get; init; }

    /// <summary>The ratio of new to old policy is clipped below 1 − epsilon.</summary>
    [Range(0, 100)]
    [Alias("epsilon_low", "cliprange")]
    public double Epsilon { get; init; } = 0.2;

    /// <summary>The ratio is clipped above 1 + epsilon_high; default: epsilon. 0.28 is DAPO's.</summary>
    [Range(0, 100)]
    public double? EpsilonHigh { get; init; }

    /// <summary>Cap of the unclipped ratio (two-sided clipping); default: none. Above 1 + epsilon_high.</summary>
    [Range(1, 1000)]
    public double? Delta { get; init; }

    /// <summary>How per-token losses are averaged.</summary>
    public GrpoLossType LossType { get; init; } = GrpoLossType.Dapo;

    /// <summary>What centred rewards are divided by: the group's or the batch's standard deviation, or nothing.</summary>
    public RewardScaling ScaleRewards { get; init; } = RewardScaling.Group;

    /// <summary>One ratio of new to old policy per token, or one per answer (GSPO).</summary>
    public ImportanceSamplingLevel ImportanceSamplingLevel { get; init; } = ImportanceSamplingLevel.Token;

    /// <summary>Do not learn from answers that were cut at max_completion_length.</summary>
    public bool MaskTruncatedCompletions { get; init; }
}
