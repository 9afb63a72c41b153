namespace MedicalGpt.Training;

/// <summary>How the learning rate moves.</summary>
public enum ScheduleType
{
    /// <summary>Warm-up, then a straight line to 0.</summary>
    Linear,

    /// <summary>Warm-up, then half a cosine to 0.</summary>
    Cosine,

    /// <summary>Always the same; warm-up is ignored.</summary>
    Constant,

    /// <summary>Warm-up, then always the same.</summary>
    ConstantWithWarmup,
}
