using MedicalGpt.Modeling;
using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>Which models a run loads and how they compute.</summary>
[Options("model")]
[AcceptedWithoutEffect("torch_dtype", "weights that are trained are kept in fp32; --precision chooses the type of the computation")]
[AcceptedWithoutEffect("dtype", "weights that are trained are kept in fp32; --precision chooses the type of the computation")]
[AcceptedWithoutEffect("trust_remote_code", "code from a model folder is never run")]
[AcceptedWithoutEffect("use_fast_tokenizer", "there is one tokenizer, made from tokenizer.json")]
[AcceptedWithoutEffect("device_map", "the model goes to one device")]
[AcceptedWithoutEffect("flash_attn", "attention is computed per segment, without padding or a mask of the whole row")]
[AcceptedWithoutEffect("cache_dir", "models are read from folders; nothing is downloaded")]
[AcceptedWithoutEffect("model_revision", "models are read from folders; nothing is downloaded")]
[AcceptedWithoutEffect("hf_hub_token", "models are read from folders; nothing is downloaded")]
public sealed partial record ModelOptions
{
    /// <summary>Folder of the model to train (config.json and safetensors weights).</summary>
    [Required]
    [Alias("model", "sft_model_path")]
    public string ModelNameOrPath { get; init; } = "";

    /// <summary>Folder of the tokenizer; none = the model's folder.</summary>
    [Alias("tokenizer")]
    public string? TokenizerNameOrPath { get; init; }

    /// <summary>Number type of the computation.</summary>
    public ComputePrecision Precision { get; init; } = ComputePrecision.Fp32;

    /// <summary>Compute in bfloat16; the same as --precision bf16.</summary>
    public bool? Bf16 { get; init; }

    /// <summary>Compute in half precision with a dynamic loss scale; the same as --precision fp16.</summary>
    public bool? Fp16 { get; init; }

    /// <summary>Keep only layer boundaries in the forward pass and compute the rest again in the backward pass: less memory, about a third more time.</summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>With --gradient_checkpointing: what is computed again, layer (least memory), mlp (most of what a layer keeps, attention is kept) or attention.</summary>
    public CheckpointedPart GradientCheckpointingPart { get; init; } = CheckpointedPart.Layer;

    /// <summary>With --gradient_checkpointing: in every k-th layer only.</summary>
    [Range(1, 1000)]
    public int GradientCheckpointingEvery { get; init; } = 1;

    /// <summary>The policy that the trained one is kept near: base (the adapter switched off), copy (a frozen copy of the start) or a model folder. None = base for a fresh adapter, copy for a continued one or for full weights.</summary>
    [Alias("ref_model", "ref_model_path")]
    public string? Reference { get; init; }

    /// <summary>Folder of the reward model (a sequence classifier with one label); it may be an adapter on --model_name_or_path.</summary>
    [Alias("reward_model")]
    public string? RewardModelPath { get; init; }

    /// <summary>Folder that the value model starts from; none = the reward model, and without one the trained model with a fresh head.</summary>
    [Alias("value_model")]
    public string? ValueModelPath { get; init; }

    /// <summary>Threads of the tensor library; 0 = one per core.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>The checkpointing that the flags ask for; null = none.</summary>
    public Checkpointing? Checkpointing => GradientCheckpointing ? new Checkpointing(GradientCheckpointingPart, GradientCheckpointingEvery) : null;

    /// <summary>The number type after looking at all three flags.</summary>
    public ComputePrecision EffectivePrecision => Fp16 is true ? ComputePrecision.Fp16 : Bf16 is true ? ComputePrecision.Bf16 : Precision;

    partial void OnValidate(OptionErrors errors)
    {
        if (Fp16 is true && Bf16 is true)
            errors.Conflict("fp16", "--bf16 is given, too", "give one of them");
        if (!GradientCheckpointing && (GradientCheckpointingPart != CheckpointedPart.Layer || GradientCheckpointingEvery != 1))
            errors.Conflict("gradient_checkpointing", "it is off, but what it should compute again is given", "give --gradient_checkpointing true, or leave the other away");
    }
}
