namespace MedicalGpt.Training;

/// <summary>The rows themselves: the experience of algorithms that learn from recorded data.</summary>
/// <param name="examples">Encoded rows of one update.</param>
public sealed class OfflineExperience(IReadOnlyList<EncodedExample> examples) : Experience
{
    /// <summary>Encoded rows of one update.</summary>
    public IReadOnlyList<EncodedExample> Examples { get; } = examples;
}
