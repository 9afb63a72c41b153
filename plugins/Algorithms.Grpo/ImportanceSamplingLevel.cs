namespace MedicalGpt.Algorithms.Grpo;

/// <summary>Where the ratio of new to old policy is taken.</summary>
public enum ImportanceSamplingLevel
{
    /// <summary>One ratio per token.</summary>
    Token,

    /// <summary>One ratio per answer: the geometric mean of its tokens' (GSPO, Zheng et al. 2025).</summary>
    Sequence,
}
