namespace MedicalGpt.Training;

/// <summary>A weight with its running moments.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Mean">Decayed mean of its gradient.</param>
/// <param name="Square">Decayed mean of its squared gradient.</param>
internal sealed record AdamWSlot(TrainedWeight Weight, IMoment Mean, IMoment Square)
{
    /// <summary>Steps this weight has taken (a weight without a gradient takes none).</summary>
    public int Steps { get; set; }
}
