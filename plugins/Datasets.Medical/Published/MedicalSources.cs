using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Medical.Published;

/// <summary>Published datasets for medicine and for preferences, as their publishers lay them out.</summary>
internal sealed class MedicalSources : IDatasetSources
{
    /// <inheritdoc/>
    public IReadOnlyList<DatasetSource> All { get; } = [.. DialogueSources.All, .. PreferenceSources.All, .. ExamSources.All];
}
