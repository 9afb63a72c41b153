namespace MedicalGpt.Training;

/// <summary>When something is done during training.</summary>
public enum IntervalStrategy
{
    /// <summary>Never.</summary>
    No,

    /// <summary>Every so many updates.</summary>
    Steps,

    /// <summary>At the end of every epoch.</summary>
    Epoch,
}
