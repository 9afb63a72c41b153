using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>A dataset that tells which splits it has without reading rows.</summary>
public interface ISplitDataset : IDataset
{
    /// <summary>Whether a split exists.</summary>
    /// <param name="request">Kind, configuration and split.</param>
    /// <returns>Whether reading it would find files; where it is listed but cannot be read, a notice says why.</returns>
    /// <exception cref="MedicalGptException">The configuration or kind does not exist.</exception>
    bool HasSplit(DatasetRequest request);
}
