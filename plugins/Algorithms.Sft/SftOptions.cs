using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Packing;

namespace MedicalGpt.Algorithms.Sft;

/// <summary>Options of supervised fine-tuning.</summary>
[Options("sft")]
[StageDefault("learning_rate", 2e-5)]
public sealed partial record SftOptions
{
    /// <summary>Most tokens of a dialogue; --truncation says what becomes of longer ones (rows whose answers fall away whole are dropped), and all of it is counted in the report.</summary>
    [Range(2, 1_048_576)]
    [Unit("tokens")]
    [Alias("max_seq_length", "max_length", "cutoff_len")]
    public int ModelMaxLength { get; init; } = 1024;

    /// <summary>What is learned: assistant (every turn of the assistant, its end-of-turn token included), last_assistant, completion (all it wrote after the last turn of the person), or all (prompts too).</summary>
    public TrainOn TrainOn { get; init; } = TrainOn.Assistant;

    /// <summary>The same as --train_on all.</summary>
    public bool TrainOnInputs { get; init; }

    /// <summary>What becomes of a dialogue that is too long: keep_start cuts its end off, keep_end its beginning, drop_row leaves it out. Packing with bfd_split or wrapped loses nothing and cuts no row here.</summary>
    [Alias("truncation_mode")]
    public SequenceTruncation Truncation { get; init; } = SequenceTruncation.KeepStart;

    /// <summary>Join short dialogues into rows of model_max_length tokens. They do not see each other, so only the speed changes.</summary>
    public bool Packing { get; init; }

    /// <summary>How rows are joined: bfd (best fit, longest first), bfd_split (the same, too long dialogues are split), wrapped (filled in order, dialogues are cut at the border).</summary>
    public PackingStrategy PackingStrategy { get; init; } = PackingStrategy.Bfd;

    /// <summary>What is minimised: nll, the plain negative log-likelihood, or dft, which weights each token by its own probability.</summary>
    public SftLossType LossType { get; init; } = SftLossType.Nll;
}
