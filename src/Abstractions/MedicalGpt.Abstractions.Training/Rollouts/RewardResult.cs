namespace MedicalGpt.Training;

/// <summary>Rewards of a batch of B answers from K functions.</summary>
/// <param name="Total">Weighted sum over the functions that apply, [B]; NaN where none does.</param>
/// <param name="ByFunction">Unweighted scores, [K][B]; NaN where a function does not apply.</param>
public sealed record RewardResult(double[] Total, double[][] ByFunction);
