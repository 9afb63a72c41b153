using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>No formats beyond those that are read here.</summary>
internal sealed class NoRowFormats : IRowFormats
{
    /// <summary>The one instance.</summary>
    public static NoRowFormats Instance { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [];

    /// <inheritdoc/>
    public string Plugin(string ending) => throw new MedicalGptException("No reader of the file format is installed.") { Given = "." + ending };

    /// <inheritdoc/>
    public IRowFormat Get(string ending) => throw new MedicalGptException("No reader of the file format is installed.") { Given = "." + ending };
}
