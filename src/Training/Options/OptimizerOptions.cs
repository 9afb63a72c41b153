using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>AdamW (arXiv 1711.05101), clipping and the learning rate's schedule.</summary>
[Options("optimizer")]
public sealed partial record OptimizerOptions
{
    /// <summary>AdamW, or with moments kept in 8 bits (adamw_8bit; weights below 4096 elements stay in fp32). Other names of the two are accepted.</summary>
    [AllowedValues("adamw", "adamw_torch", "adamw_torch_fused", "adamw_hf", "paged_adamw_32bit", "adamw_8bit", "adamw_bnb_8bit", "paged_adamw_8bit")]
    public string Optim { get; init; } = "adamw";

    /// <summary>True when moments are kept in 8 bits.</summary>
    public bool HasPackedMoments => Optim.EndsWith("8bit", StringComparison.Ordinal);

    /// <summary>Highest learning rate.</summary>
    [Range(0, 1)]
    [Alias("lr")]
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>Decoupled weight decay; biases and norm weights are left out.</summary>
    [Range(0, 1)]
    public double WeightDecay { get; init; }

    /// <summary>Decay of the gradient's mean.</summary>
    [Range(0, 1, MaxExclusive = true)]
    [OptionName("adam_beta1")]
    public double AdamBeta1 { get; init; } = 0.9;

    /// <summary>Decay of the squared gradient's mean.</summary>
    [Range(0, 1, MaxExclusive = true)]
    [OptionName("adam_beta2")]
    public double AdamBeta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator of the step.</summary>
    [Range(0, 1, MinExclusive = true)]
    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>The gradient's L2 norm over all trained weights is scaled down to this; 0 = no clipping.</summary>
    [Range(0, double.PositiveInfinity)]
    public double MaxGradNorm { get; init; } = 1.0;

    /// <summary>How the learning rate moves.</summary>
    [Alias("lr_schedule")]
    public ScheduleType LrSchedulerType { get; init; } = ScheduleType.Linear;

    /// <summary>Updates over which the learning rate rises from 0; a number below 1 is a share of all updates.</summary>
    [Range(0, double.PositiveInfinity)]
    [Unit("updates")]
    public double WarmupSteps { get; init; }

    /// <summary>Share of all updates over which the learning rate rises, where --warmup_steps is 0.</summary>
    [Range(0, 1)]
    public double WarmupRatio { get; init; }

    /// <summary>Warm-up updates of a run.</summary>
    /// <param name="totalSteps">Updates of the run.</param>
    /// <returns>Updates, rounded up as transformers does.</returns>
    public int WarmupUpdates(int totalSteps) => WarmupSteps >= 1
        ? (int)WarmupSteps
        : (int)Math.Ceiling(totalSteps * (WarmupSteps > 0 ? WarmupSteps : WarmupRatio));
}
