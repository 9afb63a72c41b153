using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>What a repository holds at a revision.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Revision">The revision that was asked for.</param>
/// <param name="Commit">The commit that it means now.</param>
/// <param name="Files">Its files, in the order of their paths.</param>
internal sealed record HubListing(HubRepository Repository, string Revision, string Commit, IReadOnlyList<HubFile> Files)
{
    /// <summary>The licence that its card states; null = none.</summary>
    public string? Licence { get; init; }

    /// <summary>Whether its files are given only to users whose request for access was granted.</summary>
    public bool Gated { get; init; }
}
