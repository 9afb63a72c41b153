using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>A dataset that tells of what kind its rows are.</summary>
public interface IKindDataset : IDataset
{
    /// <summary>The kind of the rows, by the keys of the first ones; what stands in them may still be unusable.</summary>
    /// <param name="request">Configuration and split; the kind does not count.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="MedicalGptException">The files do not exist, or cannot be read.</exception>
    Task<KindLook> KindAsync(DatasetRequest request, CancellationToken cancellationToken);
}
