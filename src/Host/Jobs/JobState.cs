namespace MedicalGpt.Host.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>Waits for the jobs before it.</summary>
    Queued,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Was cancelled.</summary>
    Interrupted,

    /// <summary>Ended with an error.</summary>
    Failed,
}
