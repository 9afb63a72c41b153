using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>How long a run trains, in what batches, and what it writes when.</summary>
[Options("run")]
[AcceptedWithoutEffect("do_train", "train always trains")]
[AcceptedWithoutEffect("do_eval", "held-out rows are used whenever there are any")]
[AcceptedWithoutEffect("report_to", "metrics.jsonl and TensorBoard events are always written")]
[AcceptedWithoutEffect("logging_strategy", "metrics are logged every --logging_steps updates")]
[AcceptedWithoutEffect("logging_first_step", "the first update is always logged")]
[AcceptedWithoutEffect("logging_dir", "TensorBoard events go to runs/ in the output folder")]
[AcceptedWithoutEffect("log_on_each_node", "training runs in one process")]
[AcceptedWithoutEffect("local_rank", "training runs in one process")]
[AcceptedWithoutEffect("deepspeed", "training runs in one process")]
[AcceptedWithoutEffect("ddp_timeout", "training runs in one process")]
[AcceptedWithoutEffect("ddp_find_unused_parameters", "training runs in one process")]
[AcceptedWithoutEffect("save_safetensors", "weights are always safetensors")]
[AcceptedWithoutEffect("disable_tqdm", "progress is shown where there is a terminal")]
public sealed partial record RunOptions
{
    /// <summary>Folder that the run writes to.</summary>
    [Required]
    [Alias("output")]
    public string OutputDir { get; init; } = "";

    /// <summary>Passes over the training rows; may be a fraction.</summary>
    [Range(0, 10000, MinExclusive = true)]
    [Alias("epochs")]
    [Unit("epochs")]
    public double NumTrainEpochs { get; init; } = 3;

    /// <summary>Updates in all; -1 = as many as --num_train_epochs gives. Wins over --num_train_epochs.</summary>
    [Range(-1, 100000000)]
    [Unit("updates")]
    public int MaxSteps { get; init; } = -1;

    /// <summary>Rows per micro-batch in training.</summary>
    [Range(1, 65536)]
    [Alias("batch_size")]
    [Unit("rows")]
    public int PerDeviceTrainBatchSize { get; init; } = 8;

    /// <summary>Rows per micro-batch in evaluation.</summary>
    [Range(1, 65536)]
    [Unit("rows")]
    public int PerDeviceEvalBatchSize { get; init; } = 8;

    /// <summary>Micro-batches per update.</summary>
    [Range(1, 65536)]
    [Unit("micro-batches")]
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>Seed of everything that is drawn: shuffling, fresh weights, dropout, sampling.</summary>
    [Range(0, 2147483647)]
    public int Seed { get; init; } = 42;

    /// <summary>Metrics are logged every so many updates.</summary>
    [Range(1, 1000000)]
    [Unit("updates")]
    public int LoggingSteps { get; init; } = 10;

    /// <summary>When held-out rows are evaluated during training; none = steps where --eval_steps is given, else no. They are always evaluated at the end.</summary>
    [Alias("evaluation_strategy")]
    public IntervalStrategy? EvalStrategy { get; init; }

    /// <summary>Updates between evaluations; none = --logging_steps.</summary>
    [Range(1, 100000000)]
    [Unit("updates")]
    public int? EvalSteps { get; init; }

    /// <summary>Evaluate before the first update too.</summary>
    public bool EvalOnStart { get; init; }

    /// <summary>When checkpoints are written.</summary>
    public IntervalStrategy SaveStrategy { get; init; } = IntervalStrategy.Steps;

    /// <summary>Updates between checkpoints. Algorithms that learn several updates from one collection save when the collection is used up.</summary>
    [Range(1, 100000000)]
    [Unit("updates")]
    public int SaveSteps { get; init; } = 500;

    /// <summary>Most checkpoints that are kept; older ones are deleted. None = all.</summary>
    [Range(1, 1000000)]
    public int? SaveTotalLimit { get; init; }

    /// <summary>Largest weight file of a model whose weights all learn, such as 500MB or 2GB; none = files as those of the model that it started from. Adapters are one file.</summary>
    public string? MaxShardSize { get; init; }

    /// <summary>Continue from a checkpoint: its folder, or auto for the newest one in --output_dir.</summary>
    [Alias("resume")]
    public string? ResumeFromCheckpoint { get; init; }

    /// <summary>Replace the results of an earlier run in --output_dir.</summary>
    public bool OverwriteOutputDir { get; init; }

    /// <summary>What a loss is divided by.</summary>
    public LossNormalization LossNormalization { get; init; } = LossNormalization.Update;

    /// <summary>Answers per logged step that are kept in samples.jsonl.</summary>
    [Range(0, 1000)]
    public int SamplesPerLog { get; init; } = 4;

    /// <summary>The evaluation strategy after looking at --eval_steps.</summary>
    public IntervalStrategy EffectiveEvalStrategy => EvalStrategy ?? (EvalSteps is null ? IntervalStrategy.No : IntervalStrategy.Steps);
}
