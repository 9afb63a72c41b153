namespace MedicalGpt.Host.Hub;

/// <summary>The hub does not have what was asked for.</summary>
/// <param name="what">What is missing.</param>
/// <param name="message">The error's sentence.</param>
internal sealed class HubMissingException(HubMissing what, string message) : MedicalGptException(message)
{
    /// <summary>What is missing.</summary>
    public HubMissing What { get; } = what;
}
