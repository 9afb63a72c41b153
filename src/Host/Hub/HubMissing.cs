namespace MedicalGpt.Host.Hub;

/// <summary>What the hub does not have.</summary>
internal enum HubMissing
{
    /// <summary>The repository.</summary>
    Repository,

    /// <summary>The branch, tag or commit.</summary>
    Revision,

    /// <summary>The file.</summary>
    File,
}
