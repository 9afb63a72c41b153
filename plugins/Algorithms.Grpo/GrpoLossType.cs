namespace MedicalGpt.Algorithms.Grpo;

/// <summary>How per-token losses are averaged; formulas in <see cref="GrpoLoss"/>.</summary>
public enum GrpoLossType
{
    /// <summary>Mean over tokens of an answer, then over answers (Shao et al. 2024).</summary>
    Grpo,

    /// <summary>Mean over all tokens of the update (Yu et al. 2025).</summary>
    Dapo,

    /// <summary>Sum over tokens divided by answers × max_completion_length, free of length bias (Liu et al. 2025).</summary>
    DrGrpo,

    /// <summary>Mean over all tokens; with <c>--preset trl</c> and micro-batch normalisation, over those of the micro-batch.</summary>
    Bnpo,
}
