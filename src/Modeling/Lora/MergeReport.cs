namespace MedicalGpt.Modeling;

/// <summary>What a merge changed, measured on samples.</summary>
/// <param name="Difference">Largest difference between merged and unmerged results in fp32; null where whole copies of weights were mixed, which no unmerged model computes alike.</param>
/// <param name="CastDifference">Largest change when the merged weights are cast to the formats in which they are written.</param>
/// <param name="Largest">Largest absolute result of the unmerged model, for scale.</param>
public sealed record MergeReport(double? Difference, double CastDifference, double Largest)
{
    /// <summary>Packed weights that were written in full.</summary>
    public int Dequantized { get; init; }
}
