using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>Where answers and their rewards come from, for algorithms that sample.</summary>
[Options("rollout")]
[AcceptedWithoutEffect("use_vllm", "the program samples answers itself")]
public sealed partial record RolloutOptions
{
    /// <summary>Reward functions by name, such as exact-answer; with a --reward_model_path, a learned reward is read by the algorithm itself.</summary>
    [Alias("reward_funcs", "rewards")]
    public string[] RewardFunctions { get; init; } = [];

    /// <summary>Weight of each reward function, in order; none = 1 each.</summary>
    public double[] RewardWeights { get; init; } = [];

    /// <summary>A JSONL file of recorded answers (prompt_ids, completion_ids, finished) that are used instead of sampling.</summary>
    public string? ReplayRollouts { get; init; }
}
