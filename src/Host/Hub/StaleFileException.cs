namespace MedicalGpt.Host.Hub;

/// <summary>What has arrived of a file cannot be continued: it must be fetched from its beginning.</summary>
/// <param name="problem">Why.</param>
internal sealed class StaleFileException(string problem) : Exception(problem)
{
    /// <summary>Whether the server gives whole files only.</summary>
    public bool WholeOnly { get; init; }
}
