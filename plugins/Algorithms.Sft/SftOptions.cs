using MedicalGpt.Options;

namespace MedicalGpt.Algorithms.Sft;

/// <summary>Options of supervised fine-tuning.</summary>
[Options("sft")]
[StageDefault("learning_rate", 2e-5)]
public sealed partial record SftOptions
{
    /// <summary>Most tokens of a dialogue; what is beyond is cut off (rows whose answers fall away whole are dropped), and both are counted in the report.</summary>
    [Range(2, 1_048_576)]
    [Unit("tokens")]
    [Alias("max_seq_length", "max_length", "cutoff_len")]
    public int ModelMaxLength { get; init; } = 1024;

    /// <summary>Learn the prompts too. Off: only what the assistant says, its end-of-turn token included.</summary>
    public bool TrainOnInputs { get; init; }

    /// <summary>Join short dialogues into rows of model_max_length tokens (best-fit decreasing). They do not see each other, so only the speed changes.</summary>
    public bool Packing { get; init; }

    /// <summary>What is minimised: nll, the plain negative log-likelihood, or dft, which weights each token by its own probability.</summary>
    public SftLossType LossType { get; init; } = SftLossType.Nll;
}
