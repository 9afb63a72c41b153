namespace MedicalGpt.Host.Hub;

/// <summary>A file that is there after a pull.</summary>
/// <param name="File">The file.</param>
/// <param name="Fetched">Whether it was fetched now; else it was there.</param>
internal sealed record PulledFile(HubFile File, bool Fetched);
