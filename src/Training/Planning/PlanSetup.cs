using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Planning;

/// <summary>Everything that decides memory and time of a stage.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="Shape">One micro-batch.</param>
public sealed record PlanSetup(DecoderOptions Model, StageShape Shape)
{
    /// <summary>Bytes of a number in matrix products and activations: 4 (fp32) or 2 (bf16, fp16).</summary>
    public int ComputeBytes { get; init; } = 4;

    /// <summary>What <see cref="ComputeBytes"/> becomes with <see cref="NarrowFlag"/>: 4 where the device computes bf16 widened to fp32.</summary>
    public int NarrowComputeBytes { get; init; } = 2;

    /// <summary>The flag that makes the stage compute in bf16.</summary>
    public string NarrowFlag { get; init; } = "--bf16 True";

    /// <summary>Bytes of a frozen weight that is not quantised; more bytes are computed with than stored where the device has no arithmetic in the stored format.</summary>
    public int StoredBytes { get; init; } = 4;

    /// <summary>Bits per weight of the layers' matrices where they are quantised (scales included); null = they are not.</summary>
    public double? QuantizedBits { get; init; }

    /// <summary>Rank of LoRA on all linear layers; null = every weight learns.</summary>
    public int? LoraRank { get; init; }

    /// <summary>The adapter's input is dropped out: backward needs to know which elements.</summary>
    public bool AdapterDropout { get; init; }

    /// <summary>The stage runs on a card; keys and values are then kept in the compute format.</summary>
    public bool OnCard { get; init; }

    /// <summary>Whole modules that learn beside the adapter (<c>modules_to_save</c>), in parameters.</summary>
    public long SavedModules { get; init; }

    /// <summary>Boundary tensors only are kept; layers are computed again in backward.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>With <see cref="Checkpointing"/>: what is computed again.</summary>
    public CheckpointedPart CheckpointingPart { get; init; } = CheckpointedPart.Layer;

    /// <summary>With <see cref="Checkpointing"/>: in every k-th layer.</summary>
    public int CheckpointingEvery { get; init; } = 1;

    /// <summary>Bytes of optimiser state per trained parameter: 8 (AdamW), 2 (8-bit AdamW).</summary>
    public double OptimizerBytes { get; init; } = 8;

    /// <summary>The reference is a model of its own, not the trained one with its adapter off.</summary>
    public bool ReferenceIsCopy { get; init; }

    /// <summary>The reward model; null = like <see cref="Model"/>.</summary>
    public DecoderOptions? RewardModel { get; init; }

    /// <summary>Most bytes of keys and values at a time; as <see cref="TextGenerator.CacheBytes"/>.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>Parameters that learn, of the policy.</summary>
    public long Trained => LoraRank is { } rank ? new DecoderSize(Model).Lora(rank) + SavedModules : new DecoderSize(Model).Total;
}
