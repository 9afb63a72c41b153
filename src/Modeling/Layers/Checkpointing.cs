namespace MedicalGpt.Modeling;

/// <summary>Which inner results backward computes again (gradient checkpointing, Chen et al. 2016, arXiv:1604.06174).</summary>
/// <param name="Part">Of a layer.</param>
/// <param name="Every">Of every k-th layer, from the first on; at least 1.</param>
public sealed record Checkpointing(CheckpointedPart Part = CheckpointedPart.Layer, int Every = 1)
{
    /// <summary>Whether a part of a layer is computed again.</summary>
    internal bool Covers(int layer, CheckpointedPart part) => Part == part && layer % Every == 0;
}
