using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>Options of proximal policy optimisation.</summary>
[Options("ppo")]
[StageDefault("learning_rate", 1.41e-5)]
[Preset("trl", "loss_normalization", "micro_batch")]
[Preset("trl", "learning_rate", 3e-6)]
[Preset("trl", "max_grad_norm", 0.0)]
[Preset("trl", "score_after_end", true)]
[Preset("trl", "schedule_per_rollout", true)]
[Preset("trl", "temperature", 0.7)]
[Preset("trl", "max_completion_length", 53)]
public sealed partial record PpoOptions
{
    /// <summary>Who scores an answer: the reward model, reward functions from plugins, or both added up.</summary>
    public PpoRewardSource RewardSource { get; init; } = PpoRewardSource.Model;

    /// <summary>Prompts answered in the whole run, rounded up to whole collections. Goes before num_train_epochs; max_steps goes before it. Default: from num_train_epochs.</summary>
    [Range(1, 1_000_000_000)]
    [Unit("episodes")]
    public int? TotalEpisodes { get; init; }

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
    [Alias("response_length", "max_target_length", "max_new_tokens")]
    public int MaxCompletionLength { get; init; } = 256;

    /// <summary>Logits are divided by it, in sampling and in the loss.</summary>
    [Range(0, 100, MinExclusive = true)]
    public double Temperature { get; init; } = 1.0;

    /// <summary>Temperature in evaluation; 0 = the most likely token.</summary>
    [Range(0, 100)]
    public double EvalTemperature { get; init; }

    /// <summary>Passes over each collection of answers. A collection is per_device_train_batch_size × gradient_accumulation_steps answers.</summary>
    [Range(1, 1000)]
    [Alias("ppo_epochs")]
    public int NumPpoEpochs { get; init; } = 4;

    /// <summary>Updates per pass: the collection is shuffled and cut into as many mini-batches.</summary>
    [Range(1, 10_000)]
    public int NumMiniBatches { get; init; } = 1;

    /// <summary>Weight of the per-token KL penalty in the reward (the starting weight where kl_target is given).</summary>
    [Range(0, 100)]
    [Alias("init_kl_coef")]
    public double KlCoef { get; init; } = 0.05;

    /// <summary>Estimator of the KL penalty: k1 (may be negative) or k3 (never negative).</summary>
    public KlEstimator KlEstimator { get; init; } = KlEstimator.K1;

    /// <summary>Adapt kl_coef so that the KL of an answer stays near this; default: kl_coef is fixed.</summary>
    [Range(0, 10_000, MinExclusive = true)]
    [Unit("nats")]
    [Alias("target_kl")]
    public double? KlTarget { get; init; }

    /// <summary>Answers over which the adaptive kl_coef moves.</summary>
    [Range(1, 1_000_000_000)]
    [Unit("answers")]
    public int KlHorizon { get; init; } = 10_000;

    /// <summary>Discount of later rewards.</summary>
    [Range(0, 1)]
    public double Gamma { get; init; } = 1.0;

    /// <summary>Decay of generalised advantage estimation: 1 = whole returns, 0 = one step.</summary>
    [Range(0, 1)]
    public double Lam { get; init; } = 0.95;

    /// <summary>The ratio of new to old policy is clipped to 1 ± this.</summary>
    [Range(0, 100)]
    public double Cliprange { get; init; } = 0.2;

    /// <summary>Values are clipped to old value ± this.</summary>
    [Range(0, 1_000_000)]
    public double CliprangeValue { get; init; } = 0.2;

    /// <summary>Weight of the value loss.</summary>
    [Range(0, 1000)]
    public double VfCoef { get; init; } = 0.1;

    /// <summary>Scale per-token rewards to unit variance over the collection (their mean is kept).</summary>
    public bool WhitenRewards { get; init; }

    /// <summary>Taken off the score of an answer that was cut at the length limit; default: nothing.</summary>
    [Range(0, 1000)]
    public double? MissingEosPenalty { get; init; }

    /// <summary>Give the score one position after the answer's end, as TRL does. Off: at its last token.</summary>
    public bool ScoreAfterEnd { get; init; }

    /// <summary>Move the learning rate once per collection, as TRL does. Off: once per update.</summary>
    public bool SchedulePerRollout { get; init; }

    /// <summary>Order of answers in every pass, for repeating a recorded run: comma-separated indices, a semicolon between passes. Default: drawn from the seed.</summary>
    [Hidden]
    public string? ReplayOrder { get; init; }
}
