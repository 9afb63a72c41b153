namespace MedicalGpt.Modeling;

/// <summary>What gradient checkpointing computes again.</summary>
public enum CheckpointedPart
{
    /// <summary>Whole layers: only their inputs are kept.</summary>
    Layer,

    /// <summary>Attention with its projections and norm.</summary>
    Attention,

    /// <summary>The MLP with its norm: it keeps most of a layer.</summary>
    Mlp,
}
