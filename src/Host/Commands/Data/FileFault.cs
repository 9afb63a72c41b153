namespace MedicalGpt.Host.Commands.Data;

/// <summary>Why a file gives no rows.</summary>
internal enum FileFault
{
    /// <summary>It gives rows.</summary>
    None,

    /// <summary>It cannot be read: cut off, wrongly encoded, of another format than its name says.</summary>
    Unreadable,

    /// <summary>Its rows have a known shape, but what stands in them cannot be used.</summary>
    Unusable,

    /// <summary>Its rows can be read, but have no known shape.</summary>
    NoKnownShape,

    /// <summary>It has no rows.</summary>
    Empty,
}
