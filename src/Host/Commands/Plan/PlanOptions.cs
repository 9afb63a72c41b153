using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Plan;

/// <summary>What is planned, besides the stage's own options.</summary>
[Options("plan")]
public sealed partial record PlanOptions
{
    /// <summary>The stage: pt, sft, rm, ppo, dpo, orpo or grpo; its options follow with the names that train has.</summary>
    public string Method { get; init; } = "sft";

    /// <summary>Memory that must do, with its unit, for example 12GiB or 24GB; the cheapest change that fits is looked for.</summary>
    public string? Memory { get; init; }

    /// <summary>Rate of matrix products that a device reaches, for example 150TFLOP/s; none = measured on --device.</summary>
    public string? Rate { get; init; }

    /// <summary>A card by name, with its memory, rate and bandwidth: t4, rtx3090, rtx4090, a100-40, a100-80, h100, h200.</summary>
    public string? Card { get; init; }

    /// <summary>Rows of the training data, for the hours that a run takes; not needed where --max_steps or --total_episodes say how long it is.</summary>
    [Range(1, 1e12)]
    [Unit("rows")]
    public double? Rows { get; init; }

    /// <summary>Share of the tokens of a PT or SFT row that are learned; the peak needs the largest.</summary>
    [Range(0, 1)]
    public double LearnedShare { get; init; } = 1;

    /// <summary>Print the guide's hardware table for a Qwen3-8B beside our figures, and nothing else.</summary>
    public bool Guide { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }
}
