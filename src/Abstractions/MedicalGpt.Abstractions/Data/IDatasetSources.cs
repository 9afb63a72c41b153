using MedicalGpt.Plugins;

namespace MedicalGpt.Data;

/// <summary>A table of published datasets that are known by name: where they are, under which licence, and how their files and columns map to rows. The host reads and pulls them.</summary>
[ComponentContract(ComponentKinds.Sources)]
public interface IDatasetSources
{
    /// <summary>The datasets, each name once.</summary>
    IReadOnlyList<DatasetSource> All { get; }
}
