namespace MedicalGpt.Options;

/// <summary>What must exist at a path.</summary>
public enum PathKind
{
    /// <summary>A file or a folder.</summary>
    Any,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Directory,
}
