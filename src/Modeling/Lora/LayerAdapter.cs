using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>What one adapter puts on one layer.</summary>
/// <param name="owner">The adapter.</param>
internal sealed class LayerAdapter(LoraAdapter owner)
{
    /// <summary>True when it takes part.</summary>
    public bool IsActive => owner.IsActive;

    /// <summary>Whether it is a part of an adapter.</summary>
    public bool BelongsTo(LoraAdapter adapter) => ReferenceEquals(owner, adapter);

    /// <summary>A linear layer's branch.</summary>
    public LoraBranch? Branch { get; init; }

    /// <summary>The token embedding's branch.</summary>
    public EmbeddingBranch? Embedding { get; init; }

    /// <summary>A full copy of the weight that stands in for it (PEFT's modules_to_save).</summary>
    public ModelParameter? Weight { get; init; }

    /// <summary>A copy of the bias that stands in for it.</summary>
    public ModelParameter? Bias { get; init; }

    public IEnumerable<ModelParameter> Parameters =>
        [.. Branch?.Parameters ?? [], .. Embedding?.Parameters ?? [], .. Weight is null ? Array.Empty<ModelParameter>() : [Weight], .. Bias is null ? Array.Empty<ModelParameter>() : [Bias]];

    /// <summary>True when the layer's weight is another one with it.</summary>
    public bool ChangesWeight => Branch is not null || Embedding is not null || Weight is not null;

    /// <summary>The layer's weight with this adapter alone.</summary>
    /// <param name="weight">fp32, the base's.</param>
    /// <returns>fp32, of the same shape.</returns>
    public Tensor MergedWeight(Tensor weight) => Weight?.Value ?? Branch?.Merged(weight) ?? Embedding?.Merged(weight) ?? weight;
}
