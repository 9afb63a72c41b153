namespace MedicalGpt.Training.Numerics;

/// <summary>Estimators of KL(π ‖ π_ref) from one sampled token (Schulman, "Approximating KL divergence", 2020).</summary>
public enum KlEstimator
{
    /// <summary>log π − log π_ref: unbiased, may be negative.</summary>
    K1,

    /// <summary>r − 1 − log r with r = π_ref / π: unbiased, never negative.</summary>
    K3,
}
